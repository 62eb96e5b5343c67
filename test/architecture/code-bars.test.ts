// Each bar for the code catches a breach planted into a small tree, and leaves alone what is allowed.
import { doorBreaches } from './doc-comments';
import { fileNameBreaches, habitBreaches, tsconfigBreaches } from './habit-bars';
import { lines, planted } from './planted';
import { fieldBreaches } from './protocol-fields';
import { fileLengthBreaches, functionBreaches, p90Breaches } from './shape-bars';
import { codeOf } from './sources';
import type { Breach } from './sources';

const AREAS = ['protocol', 'queues', 'server', 'agent-console', 'widget', 'test'];

const code = (files: Record<string, string>) => codeOf(planted(files), AREAS);
const rules = (breaches: Breach[]) => breaches.map((breach) => breach.rule);

describe('a planted breach is found:', () => {
  test('long files', () => {
    const found = fileLengthBreaches(code({ 'server/a.ts': lines(301), 'server/b.ts': lines(300) }));
    expect(found.map((breach) => breach.file)).toEqual(['server/a.ts']);
    expect(p90Breaches(code({ 'server/a.ts': lines(151), 'server/b.ts': lines(151) }))).toHaveLength(1);
    expect(p90Breaches(code({ 'server/a.ts': lines(150), 'server/b.ts': lines(150) }))).toEqual([]);
  });

  test('long functions, also methods and arrows, but not a chapter of tests', () => {
    const body = '  void 0;\n'.repeat(59);
    const found = functionBreaches(code({
      'server/a.ts': `export function a() {\n${body}}\nexport const b = () => {\n${body}};\nexport class C { m() {\n${body}} }\n`,
      'server/fine.ts': `export function a() {\n${'  void 0;\n'.repeat(58)}}\n`,
      'test/a.test.ts': `describe('x', () => {\n${body}});\ntest('y', () => {\n${body}});\n`,
    }));
    expect(found.map((breach) => `${breach.file} ${breach.detail}`)).toEqual(['server/a.ts:1 a: 61', 'server/a.ts:62 b: 61', 'server/a.ts:123 m: 61', 'test/a.test.ts:62 a function: 61']);
  });

  test('many parameters, but not those of an Express error handler or of a type', () => {
    const found = functionBreaches(code({ 'server/a.ts': 'export const f = (a: 1, b: 2, c: 3, d: 4) => a + b + c + d;\nexport type G = (a: 1, b: 2, c: 3, d: 4) => void;\nexport const h = (error: 1, req: 2, res: 3, next: 4) => [error, req, res, next];\n' }));
    expect(found.map((breach) => breach.detail)).toEqual(['f: 4']);
  });

  test.each([
    ['any in a type', 'server/a.ts', 'export const a = (x: unknown) => x as any;', 'no any'],
    ['any in a generic', 'server/a.ts', 'export type A = Record<string, any>;', 'no any'],
    ['ts-ignore', 'server/a.ts', '// @ts-ignore\nexport const a = 1;', 'no @ts-ignore'],
    ['ts-nocheck', 'widget/a.ts', '/* @ts-nocheck */\nexport const a = 1;', 'no @ts-ignore'],
    ['eslint-disable', 'server/a.ts', 'export const a = 1; // eslint-disable-line', 'no eslint-disable'],
    ['console', 'agent-console/a.tsx', 'export const a = () => console.warn(1);', 'no console outside server/cli'],
    ['a promise for later', 'queues/a.ts', '// TODO later\nexport const a = 1;', 'no TODO without the number of an issue'],
    ['a default export', 'server/a.ts', 'const a = 1;\nexport default a;', 'named exports only'],
    ['a default function', 'server/a.ts', 'export default function a() {}', 'named exports only'],
    ['a file suffix', 'server/a.ts', "import './b.js';", 'imports without file suffix'],
  ])('%s', (_what, path, text, rule) => {
    expect(rules(habitBreaches(code({ [path]: text })))).toEqual([rule]);
  });

  test('file names', () => {
    expect(fileNameBreaches(code({ 'server/ticketList.ts': '', 'server/Ticket.ts': '', 'server/a_b.ts': '', 'server/ticket.model.ts': '', 'server/a-b.test.ts': '' }))).toHaveLength(3);
  });

  test('a loosened tsconfig', () => {
    const strict = '"strict": true, "exactOptionalPropertyTypes": true, "noUncheckedIndexedAccess": true, "verbatimModuleSyntax": true, "noImplicitOverride": true, "noFallthroughCasesInSwitch": true';
    const of = (config: string, path = 'tsconfig.json') => tsconfigBreaches(planted({ [path]: config })).map((breach) => breach.detail);
    expect(of(`{ "compilerOptions": { ${strict} } }`)).toEqual([]);
    expect(of(`{ "compilerOptions": { ${strict.replace('"strict": true', '"strict": false')} } }`)).toEqual(['strict is not on']);
    expect(of('{ "compilerOptions": {} }')).toHaveLength(6);
    expect(of('{ "extends": "../tsconfig.json", "compilerOptions": { "jsxImportSource": "preact", "strict": false } }', 'widget/tsconfig.json')).toEqual(['strict is not on']);
  });
});

describe('what has no doc comment is found:', () => {
  test('exports of doors, through re-exports, and not twice for a type of a documented schema', () => {
    const found = doorBreaches(code({
      'server/tickets/index.ts': "export { a, b as c, T } from './a';\nexport * from './b';\n/** Said here. */\nexport { d } from './b2';\nexport type { S } from './s';",
      'server/tickets/a.ts': 'export const a = 1;\n/** Said. */\nexport const b = 1;\nexport interface T { x: 1 }',
      'server/tickets/b.ts': '/** Said. */\nexport function f() {}\nexport class G {}',
      'server/tickets/b2.ts': 'export const d = 1;',
      'server/tickets/s.ts': "import { z } from 'zod';\nexport const s = z.object({}).describe('Said');\nexport type S = z.output<typeof s>;",
      'server/tickets/inside.ts': 'export const free = 1;',
    }));
    expect(found.map((breach) => breach.detail)).toEqual(['a, by server/tickets/index.ts', 'T, by server/tickets/index.ts', 'G, by server/tickets/index.ts']);
  });

  test('fields of the protocol', () => {
    const found = fieldBreaches(code({
      'protocol/fields.ts': "export const id = (meaning: string) => z.string().describe(meaning);\nexport const mute = z.string();\nexport const loud = z.string().describe('Said');",
      'protocol/a.ts': `import { id, loud, mute } from './fields';
export const a = z.object({
  one: z.string(),
  two: id('Said').nullable(),
  three: z.string().describe('Said').nullable(),
  /** Said. */
  four: z.number(),
  loud,
  mute,
  five: z.array(loud).max(3),
  six: z.array(z.string()),
  seven: z.object({ inner: z.string() }).describe('Said'),
});
export const b = a.extend({ eight: z.string() });
const shared = { nine: z.string() };
export const c = [z.object({ ...shared }), z.object(shared)];`,
    }));
    expect(found.map((breach) => `${breach.file} ${breach.detail}`)).toEqual([
      'protocol/a.ts:3 one: z.string()', 'protocol/a.ts:9 mute', 'protocol/a.ts:11 six: z.array(z.string())',
      'protocol/a.ts:12 inner: z.string()', 'protocol/a.ts:14 eight: z.string()', 'protocol/a.ts:15 nine: z.string()',
    ]);
  });
});
