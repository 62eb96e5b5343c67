// Each rule about imports catches a breach planted into a small tree, and leaves alone what is allowed.
import { cycles } from './cycles';
import { importsOf } from './imports';
import { layerBreaches } from './layers';
import { danglingBreaches, packageBreaches } from './packages';
import { planted } from './planted';

const thing = 'export const thing = 1;';
const uses = (specifier: string) => `import { thing } from '${specifier}';\nexport const used = thing;`;

type Case = readonly [from: string, specifier: string, to: string];

/** What a tree of two files says: the file with the import, the file that is meant. */
function verdict([from, specifier, to]: Case, more: Record<string, string> = {}): string[] {
  return layerBreaches(importsOf(planted({ [from]: uses(specifier), [to]: thing, ...more }))).map((breach) => breach.rule);
}

describe('a planted breach is found:', () => {
  test.each([
    ['protocol imports queues', 'protocol/a.ts', '../queues', 'queues/index.ts', 'protocol may import nothing of ours'],
    ['queues import the server', 'queues/a.ts', '../server/kernel', 'server/kernel/index.ts', 'queues may import protocol'],
    ['the console imports the server', 'agent-console/a.tsx', '../server/kernel', 'server/kernel/index.ts', 'agent-console may import protocol'],
    ['the widget imports values', 'widget/a.ts', '../protocol', 'protocol/index.ts', 'the widget imports types of the protocol only'],
    ['embedded imports ours', 'embedded/redis/a.ts', '../../protocol', 'protocol/index.ts', 'embedded may import nothing of ours'],
    ['embedded folders meet', 'embedded/redis/a.ts', '../docstore', 'embedded/docstore/index.ts', 'embedded folders import nothing of ours, not even each other'],
    ['scripts import ours', 'scripts/a.mjs', '../protocol', 'protocol/index.ts', 'scripts may import nothing of ours'],
    ['the server imports tests', 'server/kernel/a.ts', '../../test/support/x', 'test/support/x.ts', 'server may import queues, protocol, embedded'],
    ['a domain uses what is embedded', 'server/tickets/a.ts', '../../embedded/redis', 'embedded/redis/index.ts', 'only server/app and server/cli use what is embedded'],
    ['a lower floor calls a higher one', 'server/customers/a.ts', '../tickets', 'server/tickets/index.ts', 'server/customers stands on floor 2 and may not call server/tickets on floor 4: publish an event'],
    ['neighbours of one floor meet', 'server/calls/a.ts', '../dispatch', 'server/dispatch/index.ts', 'server/calls stands on floor 5 and may not call server/dispatch on floor 5: publish an event'],
    ['a folder without floor', 'server/cellar/a.ts', '../kernel', 'server/kernel/index.ts', 'server/cellar has no floor: decide which and write it into the table'],
    ['the app from below', 'server/realtime/a.ts', '../app', 'server/app.ts', 'server/realtime stands on floor 6 and may not call server/app on floor 8: publish an event'],
    ['channels meet', 'server/channels/email/a.ts', '../webchat', 'server/channels/webchat/index.ts', 'channels never meet'],
    ['a channel knows a domain', 'server/channels/email/a.ts', '../../tickets', 'server/tickets/index.ts', 'a channel knows the kernel and channels/channel.ts only'],
    ['a domain knows channels', 'server/tickets/a.ts', '../channels/channel', 'server/channels/channel.ts', 'only server/app hosts channels; others publish events'],
    ['features meet', 'agent-console/features/inbox/a.tsx', '../ticket/b', 'agent-console/features/ticket/b.tsx', 'features of the console never import each other'],
  ])('%s', (_what, from, specifier, to, rule) => {
    expect(verdict([from, specifier, to])).toContain(rule);
  });

  test('past the door', () => {
    const door = { 'server/tickets/index.ts': "export { thing } from './secret';", 'queues/index.ts': "export {} from './room/room';", 'queues/room/room.ts': thing };
    expect(verdict(['server/supervision/a.ts', '../tickets/secret', 'server/tickets/secret.ts'], door)).toEqual(['server/tickets is entered through its door server/tickets/index.ts only']);
    expect(verdict(['server/workforce/a.ts', '../../queues/room/room', 'queues/room/room.ts'], door)).toEqual(['queues is entered through its door queues/index.ts only']);
    expect(verdict(['server/tickets/a.ts', '../customers/b', 'server/customers/b.ts'])).toEqual(['server/customers has no door index.ts to enter by']);
    expect(verdict(['server/cli/a.ts', '../../embedded/redis/b', 'embedded/redis/b.ts'], { 'embedded/redis/index.ts': uses('./b') })).toEqual(['embedded/redis is entered through its door embedded/redis/index.ts only']);
  });

  test('cycles, of type imports, re-exports, lazy imports and of a file with itself', () => {
    const found = (files: Record<string, string>) => cycles(importsOf(planted(files))).map((breach) => breach.detail);
    expect(found({ 'queues/a.ts': "import type { B } from './b';\nexport type A = B;", 'queues/b.ts': "export type B = import('./a').A;" })).toEqual(['queues/a.ts ↔ queues/b.ts']);
    expect(found({ 'a/a.ts': "export * from './b';", 'a/b.ts': "import { c } from './c';\nexport const b = c;", 'a/c.ts': "export const c = () => import('./a');" })).toEqual(['a/a.ts ↔ a/b.ts ↔ a/c.ts']);
    expect(found({ 'a/a.ts': "import './a';" })).toEqual(['a/a.ts']);
    expect(found({ 'a/a.ts': "import './b';\nimport './c';", 'a/b.ts': "import './c';", 'a/c.ts': thing })).toEqual([]);
  });

  test('packages', () => {
    const manifest = { dependencies: { zod: '1', express: '5' }, devDependencies: { minisearch: '7', '@types/qrcode': '1' } };
    const found = (path: string, text: string) => packageBreaches(importsOf(planted({ [path]: text })), manifest).map((breach) => breach.rule);
    expect(found('queues/a.ts', "import 'express';")).toEqual(['queues know Redis, BullMQ and the protocol: no MongoDB, no Express, no Socket.IO']);
    expect(found('protocol/a.ts', "import 'express';")).toEqual(['the protocol needs nothing but zod']);
    expect(found('server/a.ts', "import 'minisearch';")).toEqual(['production code needs no development package']);
    expect(found('server/a.ts', "import 'left-pad/x';")).toEqual(['a package that is imported is declared in package.json']);
    expect(found('server/a.ts', "import 'fs';\nimport 'node:fs';\nimport 'zod/v4';\nimport type { Q } from 'qrcode';\nexport type R = Q;")).toEqual([]);
    expect(found('test/a.ts', "import 'minisearch';")).toEqual([]);
  });

  test('an import that leads nowhere', () => {
    expect(danglingBreaches(importsOf(planted({ 'server/a.ts': "import './b';" })))).toHaveLength(1);
  });
});

test('what is allowed is left alone', () => {
  const allowed: Case[] = [
    ['queues/room/a.ts', '../matching/b', 'queues/matching/b.ts'],
    ['server/tickets/a.ts', '../customers', 'server/customers/index.ts'],
    ['server/channels/email/a.ts', '../channel', 'server/channels/channel.ts'],
    ['server/channels/email/a.ts', '../../kernel', 'server/kernel/index.ts'],
    ['server/app.ts', './channels/registry', 'server/channels/registry.ts'],
    ['server/app/a.ts', '../../embedded/redis', 'embedded/redis/index.ts'],
    ['server/cli/a.ts', '../channels/email/understand/parse-command', 'server/channels/email/understand/parse-command.ts'],
    ['agent-console/features/inbox/a.tsx', '../../ui/b', 'agent-console/ui/b.tsx'],
    ['test/a.test.ts', '../server/tickets/secret', 'server/tickets/secret.ts'],
    ['bench/a.ts', '../queues/room/secret', 'queues/room/secret.ts'],
  ];
  for (const one of allowed) expect([one, verdict(one)]).toEqual([one, []]);
  expect(layerBreaches(importsOf(planted({ 'widget/a.ts': "import type { T } from '../protocol';\nexport type U = T;", 'protocol/index.ts': 'export type T = 1;' })))).toEqual([]);
});
