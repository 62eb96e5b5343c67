import { useMemo } from 'react';
import type { GuideGraph, GuideNode } from '../../../protocol/guides';
import { cx } from '../../lib/cx';
import { useTranslation } from '../../lib/i18n';

const width = 168;
const height = 44;
const gap = { x: 24, y: 44 };

/** Every way out of a step. */
export function waysOf(node: GuideNode): { answer: string; to: string }[] {
  if (node.kind === 'start' || node.kind === 'link') return [{ answer: '', to: node.next }];
  if (node.kind === 'outcome') return [];
  if (node.kind === 'diagnose') return [...node.causes.map((cause) => ({ answer: cause.id, to: cause.to })), { answer: '', to: node.otherwise }];
  return node.edges.map(({ answer, to }) => ({ answer, to }));
}

/** Rows by distance from the start; what cannot be reached stands in a last row. */
function layout(nodes: readonly GuideNode[]): Map<string, { x: number; y: number }> {
  const depth = new Map<string, number>();
  const open = nodes.filter((node) => node.kind === 'start').map((node) => ({ id: node.id, at: 0 }));
  for (let next = open.shift(); next; next = open.shift()) {
    const { id, at } = next;
    const node = nodes.find((each) => each.id === id);
    if (!node || depth.has(id)) continue;
    depth.set(id, at);
    open.push(...waysOf(node).map((way) => ({ id: way.to, at: at + 1 })));
  }
  const last = Math.max(0, ...depth.values()) + 1;
  const rows = new Map<number, number>();
  return new Map(nodes.map((node) => {
    const row = depth.get(node.id) ?? last;
    const column = rows.get(row) ?? 0;
    rows.set(row, column + 1);
    return [node.id, { x: column * (width + gap.x), y: row * (height + gap.y) }];
  }));
}

export interface GraphProps { graph: GuideGraph; chosen: string | undefined; faulty: ReadonlySet<string>; titleOf: (node: GuideNode) => string; choose: (id: string) => void }

/** The guide as a picture: steps from top to bottom, ways between them; the steps are buttons. */
export function GuideGraphView({ graph, chosen, faulty, titleOf, choose }: GraphProps) {
  const { t } = useTranslation();
  const places = useMemo(() => layout(graph.nodes), [graph.nodes]);
  const size = { width: Math.max(width, ...[...places.values()].map((place) => place.x + width)), height: Math.max(height, ...[...places.values()].map((place) => place.y + height)) };
  return (
    <div className="overflow-auto rounded-lg border border-line p-3" role="group" aria-label={t('guides.graph')}>
      <div className="relative" style={size}>
        <svg aria-hidden width={size.width} height={size.height} className="absolute inset-0 text-faint">
          {graph.nodes.flatMap((node) => waysOf(node).map((way, index) => {
            const [from, to] = [places.get(node.id), places.get(way.to)];
            if (!from || !to) return null;
            const [x1, y1, x2, y2] = [from.x + width / 2, from.y + height, to.x + width / 2, to.y];
            return <path key={`${node.id}${index}`} d={`M${x1} ${y1}C${x1} ${y1 + 22} ${x2} ${y2 - 22} ${x2} ${y2}`} fill="none" stroke="currentColor" strokeDasharray={to.y <= from.y ? '4 3' : undefined} />;
          }))}
        </svg>
        {graph.nodes.map((node) => (
          <button key={node.id} type="button" data-node={node.id} aria-pressed={node.id === chosen} onClick={() => choose(node.id)} style={{ insetInlineStart: places.get(node.id)?.x, top: places.get(node.id)?.y, width, height }}
            className={cx('absolute grid content-center rounded-md border bg-surface px-2 text-start text-xs', faulty.has(node.id) ? 'border-bad' : 'border-edge', node.id === chosen && 'outline-2 outline-accent')}>
            <span className="text-muted">{t(`guides.kind.${node.kind}`)}{faulty.has(node.id) ? ' ■' : ''}</span>
            <span className="truncate font-medium"><bdi>{titleOf(node) || node.id}</bdi></span>
          </button>
        ))}
      </div>
    </div>
  );
}
