import type { GuideNode } from '../../../protocol/guides';

export const box = { width: 168, height: 44 };
/** Between boxes: columns and rows are the same everywhere, so that ways between them meet no box. */
const gap = { x: 24, y: 44 };
const edge = 24;
/** Ways side by side in one gap. */
const beside = [0, 5, -5, 9, -9];
const bend = 6;

export interface Point { x: number; y: number }

/** Every way out of a step. */
function waysOf(node: GuideNode): { answer: string; to: string }[] {
  if (node.kind === 'start' || node.kind === 'link') return [{ answer: '', to: node.next }];
  if (node.kind === 'outcome') return [];
  if (node.kind === 'diagnose') return [...node.causes.map((cause) => ({ answer: cause.id, to: cause.to })), { answer: '', to: node.otherwise }];
  return node.edges.map(({ answer, to }) => ({ answer, to }));
}

/** How many steps the longest way from the start to each step has; ways that lead back do not count. What cannot be reached is missing. */
function depthsOf(nodes: readonly GuideNode[]): Map<string, number> {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const state = new Map<string, 'open' | 'done'>();
  const order: { id: string; down: string[] }[] = [];
  const visit = (node: GuideNode): void => {
    state.set(node.id, 'open');
    const down: string[] = [];
    for (const { to } of waysOf(node)) {
      const next = known.get(to);
      if (!next || state.get(to) === 'open') continue;
      down.push(to);
      if (!state.has(to)) visit(next);
    }
    state.set(node.id, 'done');
    order.push({ id: node.id, down });
  };
  const starts = nodes.filter((node) => node.kind === 'start');
  starts.forEach(visit);
  const depth = new Map(starts.map((node) => [node.id, 0]));
  for (const { id, down } of order.reverse()) for (const to of down) depth.set(to, Math.max(depth.get(to) ?? 0, (depth.get(id) ?? 0) + 1));
  return depth;
}

/** Rows by the longest way from the start, so that only ways back lead up; what cannot be reached stands in a last row. */
export function layout(nodes: readonly GuideNode[]): Map<string, Point> {
  const depth = depthsOf(nodes);
  const last = Math.max(0, ...depth.values()) + 1;
  const rows = new Map<number, number>();
  return new Map(nodes.map((node) => {
    const row = depth.get(node.id) ?? last;
    const column = rows.get(row) ?? 0;
    rows.set(row, column + 1);
    return [node.id, { x: edge + column * (box.width + gap.x), y: edge + row * (box.height + gap.y) }];
  }));
}

/** How much room the picture takes. */
export const sizeOf = (places: ReadonlyMap<string, Point>): { width: number; height: number } => ({
  width: Math.max(...[...places.values()].map((place) => place.x), 0) + box.width + edge, height: Math.max(...[...places.values()].map((place) => place.y), 0) + box.height + edge,
});

export interface Way { id: string; back: boolean; corners: Point[] }

/** The corners of every way. One to the next row leads straight there; any other goes down a gap between the columns, around the boxes. */
export function waysBetween(nodes: readonly GuideNode[], places: ReadonlyMap<string, Point>): Way[] {
  const used = new Map<number, number>();
  return nodes.flatMap((node) => [...new Set(waysOf(node).map((way) => way.to))].flatMap((to) => {
    const [from, target] = [places.get(node.id), places.get(to)];
    if (!from || !target) return [];
    const out = { x: from.x + box.width / 2, y: from.y + box.height };
    const into = { x: target.x + box.width / 2, y: target.y };
    const back = into.y < out.y;
    if (into.y - out.y === gap.y) return [{ id: `${node.id} ${to}`, back, corners: [out, into] }];
    const lane = laneBetween(out.x, into.x);
    const turn = used.get(lane) ?? 0;
    used.set(lane, turn + 1);
    const x = lane + (beside[turn % beside.length] ?? 0);
    const [below, above] = [out.y + edge / 2 + (turn % 3) * 3, into.y - edge / 2 - (turn % 3) * 3];
    return [{ id: `${node.id} ${to}`, back, corners: [out, { x: out.x, y: below }, { x, y: below }, { x, y: above }, { x: into.x, y: above }, into] }];
  }));
}

// The middle of the gap that makes the way shortest; beside the target where both are above each other.
function laneBetween(from: number, to: number): number {
  const step = box.width + gap.x;
  const least = edge - gap.x / 2;
  const near = Math.round((Math.min(from, to) - least) / step);
  const lanes = [near, near + 1, near - 1].filter((each) => each >= 0).map((each) => least + each * step);
  const detour = (x: number): number => Math.abs(x - from) + Math.abs(x - to);
  return lanes.sort((a, b) => detour(a) - detour(b) || b - a)[0] ?? least;
}

/** The corners as a path, rounded. */
export function pathOf([first, ...rest]: readonly Point[]): string {
  if (!first) return '';
  if (rest.length === 1) {
    const [last] = rest as [Point];
    return `M${first.x} ${first.y}C${first.x} ${first.y + gap.y / 2} ${last.x} ${last.y - gap.y / 2} ${last.x} ${last.y}`;
  }
  let path = `M${first.x} ${first.y}`;
  rest.forEach((corner, i) => {
    const [before, after] = [rest[i - 1] ?? first, rest[i + 1]];
    const enter = towards(corner, before);
    path += `L${enter.x} ${enter.y}`;
    if (after) path += `Q${corner.x} ${corner.y} ${towards(corner, after).x} ${towards(corner, after).y}`;
    else path += `L${corner.x} ${corner.y}`;
  });
  return path;
}

function towards(from: Point, to: Point): Point {
  const far = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(bend, far / 2) / far;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
