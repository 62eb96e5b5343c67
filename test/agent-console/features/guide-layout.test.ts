// The picture of a guide: ways between its steps go around the boxes, never through one.
import fc from 'fast-check';
import type { GuideNode } from '../../../protocol/guides';
import { box, layout, pathOf, waysBetween, type Point } from '../../../agent-console/features/knowledge/guide-layout';

const graphOf = (next: number[][]): GuideNode[] => [
  { id: 'start', kind: 'start', next: '0' } as unknown as GuideNode,
  ...next.map((to, i) => ({ id: String(i), kind: 'question', edges: to.map((each, k) => ({ answer: `a${k}`, to: String(each % next.length) })) }) as unknown as GuideNode),
];
const inside = (a: Point, b: Point, place: Point): boolean =>
  Math.max(a.x, b.x) > place.x && Math.min(a.x, b.x) < place.x + box.width && Math.max(a.y, b.y) > place.y && Math.min(a.y, b.y) < place.y + box.height;

test('no way touches a box but its own two, wherever its steps stand', () => {
  fc.assert(fc.property(fc.array(fc.array(fc.nat(19), { maxLength: 4 }), { minLength: 1, maxLength: 20 }), (next) => {
    const nodes = graphOf(next);
    const places = layout(nodes);
    for (const { corners } of waysBetween(nodes, places)) {
      const stretches = corners.slice(1).map((corner, i): [Point, Point] => [corners[i] as Point, corner]);
      for (const [a, b] of stretches) {
        expect([...places.values()].filter((place) => inside(a, b, place))).toEqual([]);
        expect(Math.min(a.x, b.x, a.y, b.y)).toBeGreaterThanOrEqual(0);
      }
    }
  }), { numRuns: 200 });
});

test('a way to the next row leads straight there, one back goes around and is told apart', () => {
  const nodes = graphOf([[1, 2], [0], []]);
  const ways = waysBetween(nodes, layout(nodes));
  expect(ways.map(({ id, back, corners }) => [id, back, corners.length])).toEqual([['start 0', false, 2], ['0 1', false, 2], ['0 2', false, 2], ['1 0', true, 6]]);
  expect(ways.map(({ corners }) => pathOf(corners).replace(/[\d. ]+/g, ''))).toEqual(['MC', 'MC', 'MC', 'MLQLQLQLQLL']);
});
