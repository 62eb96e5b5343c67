// Each rule about words, colours and addresses catches a planted breach and leaves the rest alone.
import { planted } from './planted';
import { colourBreaches, hostBreaches, wordBreaches } from './words';

describe('a planted breach is found:', () => {
  test.each([
    ['a variable', 'server/a.ts', 'export const tenantId = 1;', 'tenantId: say Company'],
    ['a type', 'protocol/a.ts', 'export interface WorkspaceList { x: 1 }', 'WorkspaceList: say Company'],
    ['a parameter', 'queues/a.ts', 'export const f = (conversations: 1) => conversations;', 'conversations: say Ticket'],
    ['a field', 'server/a.ts', 'export interface A { contact: string }', 'contact: say Customer, ContactPoint or Interaction'],
    ['a field of the protocol', 'protocol/a.ts', 'export const a = z.object({ contact: z.string() });', 'contact: say Customer, ContactPoint or Interaction'],
  ])('%s with a word of another glossary', (_what, path, text, detail) => {
    expect(wordBreaches(planted({ [path]: text })).map((breach) => breach.detail)).toEqual([detail]);
  });

  test.each([
    ['agent-console/ui/a.css', '.a { color: #fff; }', '#fff'],
    ['agent-console/ui/a.css', '.a { background: oklch(0.5 0.1 200); }', 'oklch(0'],
    ['agent-console/ui/a.css', '.a { color: red; }', 'color: red'],
    ['agent-console/ui/a.tsx', 'export const A = () => <p style={{ color: "#0a0b0c" }} />;', '#0a0b0c'],
    ['agent-console/ui/a.tsx', 'export const A = () => <p className="p-2 bg-red-500" />;', 'bg-red-500'],
    ['agent-console/ui/a.tsx', 'export const A = () => <p className="text-[#123456]" />;', '#123456'],
    ['widget/a.ts', 'export const style = `border: 1px solid rgba(0, 0, 0, .5); ${1}`;', 'rgba(0'],
    ['server/help-centre/page.ts', "export const css = 'a { color: #123; }';", '#123'],
  ])('a colour in %s: %s', (path, text, found) => {
    expect(colourBreaches(planted({ [path]: text })).map((breach) => breach.detail)).toEqual([found]);
  });

  test('the address of a package registry', () => {
    const host = ['registry', 'npmjs', 'org'].join('.');
    expect(hostBreaches(planted({ 'package-lock.json': `{"resolved":"https://${host}/x"}` }))).toHaveLength(1);
  });
});

test('what is allowed is left alone', () => {
  expect(wordBreaches(planted({ 'server/a.ts': 'export const contactPoint = 1;\nexport const userAgent = 2;', 'embedded/a.ts': 'export const tenant = 1;', 'test/a.ts': 'export const tenant = 1;' }))).toEqual([]);
  expect(colourBreaches(planted({
    'agent-console/ui/tokens.css': ':root { --a: #fff; }',
    'agent-console/ui/a.css': '#main:hover { color: var(--a); background: color-mix(in oklab, var(--a) 40%, transparent); } /* was: #fff */',
    'agent-console/ui/a.tsx': 'export const A = () => <p title="Ticket #4821, see #1234567">Ticket #4821 is red</p>;',
    'server/tickets/a.ts': "export const a = '#fff';",
  }))).toEqual([]);
});
