import { useId, useMemo } from 'react';
import type { GuideGraph } from '../../../protocol/guides';
import { cx } from '../../lib/cx';
import { useTranslation } from '../../lib/i18n';
import { Sign } from '../../ui/marks';
import { box, layout, pathOf, sizeOf, waysBetween } from './guide-layout';

export interface GraphProps { graph: GuideGraph; chosen: string | undefined; faulty: ReadonlySet<string>; nameOf: (id: string) => string; choose: (id: string) => void }

/** The guide as a picture: steps from top to bottom, ways between them; the steps are buttons. */
export function GuideGraphView({ graph, chosen, faulty, nameOf, choose }: GraphProps) {
  const { t } = useTranslation();
  const places = useMemo(() => layout(graph.nodes), [graph.nodes]);
  const ways = useMemo(() => waysBetween(graph.nodes, places), [graph.nodes, places]);
  const size = sizeOf(places);
  const tip = useId();
  return (
    <div className="overflow-auto rounded-lg border border-line p-3" role="group" aria-label={t('guides.graph')}>
      <div className="relative mx-auto" style={size}>
        <svg aria-hidden width={size.width} height={size.height} className="absolute inset-0 text-faint rtl:-scale-x-100">
          <defs><marker id={tip} viewBox="0 0 6 6" refX="6" refY="3" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L6 3L0 6z" fill="currentColor" /></marker></defs>
          {ways.map((way) => <path key={way.id} d={pathOf(way.corners)} fill="none" stroke="currentColor" strokeDasharray={way.back ? '4 3' : undefined} markerEnd={`url(#${tip})`} />)}
        </svg>
        {graph.nodes.map((node) => (
          <button key={node.id} type="button" data-node={node.id} aria-pressed={node.id === chosen} onClick={() => choose(node.id)} style={{ insetInlineStart: places.get(node.id)?.x, top: places.get(node.id)?.y, ...box }}
            className={cx('absolute grid content-center rounded-md border bg-surface px-2 text-start text-xs', faulty.has(node.id) ? 'border-bad' : 'border-edge', node.id === chosen && 'outline-2 outline-accent')}>
            <span className="flex items-center gap-1 text-muted">{t(`guides.kind.${node.kind}`)}{faulty.has(node.id) ? <Sign shape="square" className="size-2 text-bad" /> : null}</span>
            {node.kind === 'start' ? null : <bdi className="truncate font-medium">{nameOf(node.id)}</bdi>}
          </button>
        ))}
      </div>
    </div>
  );
}
