import { withLocals } from '../../../queues/room/locals';
import { assemble } from '../../../queues/room/script';

test('what hangs on R becomes a local that is declared before its first use', () => {
  const lua = withLocals('R.ops, R.now = {}, 0\nfunction R.add(n) return n + R.now end\nR.ops.add = R.add');
  expect(lua).toBe('local R_ops local R_now local R_add\nR_ops, R_now = {}, 0\nfunction R_add(n) return n + R_now end\nR_ops.add = R_add');
});

test('the room\'s script has no table R any more, and far fewer locals than the 200 that Lua allows', () => {
  const script = assemble();
  expect(script.replace(/--.*/g, '')).not.toMatch(/\bR\b/);
  expect([...script.matchAll(/\blocal R_\w+/g)].length).toBeLessThan(160);
});
