// Who may import whom: docs/architecture.md, "The floors", as tables. A new server folder gets its floor here, by a decision.
import { posix } from 'node:path';
import type { Edge } from './imports';
import type { Breach } from './sources';

/** Area → areas of ours it may import from besides itself. Embedded is for server/app and server/cli only, see below. */
const AREAS: Record<string, readonly string[]> = {
  protocol: [],
  queues: ['protocol'],
  server: ['queues', 'protocol', 'embedded'],
  'agent-console': ['protocol'],
  widget: ['protocol'],
  embedded: [],
  scripts: [],
  bin: [],
};

/** Server folder → floor: a folder calls lower floors only, never its own floor or a higher one. */
const FLOORS: Record<string, number> = {
  kernel: 0, access: 1, customers: 2, brands: 2, workforce: 3, knowledge: 3, products: 3, 'service-levels': 3, tickets: 4, dispatch: 5, calls: 5,
  realtime: 6, supervision: 6, 'help-centre': 6, roles: 7, app: 8, main: 9, cli: 9,
};

const HOST_OF_CHANNELS = ['app', 'cli', 'roles'];
const MAY_USE_EMBEDDED = ['app', 'cli'];
const DOORED = /^(protocol|queues|server|embedded)\//;
const COMMAND = /-command\.ts$/;

/** server/tickets/x.ts → tickets, server/main.ts → main; null outside the server. */
function roomOf(path: string): string | null {
  const [area, second = ''] = path.split('/');
  return area === 'server' ? second.replace(/\.tsx?$/, '') : null;
}

const channelOf = (path: string) => /^server\/channels\/([^/]+)\//.exec(path)?.[1] ?? null;
const featureOf = (path: string) => /^agent-console\/features\/([^/]+)\//.exec(path)?.[1] ?? null;
const areaOf = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');

function areaRule(from: string, to: string, edge: Edge): string | null {
  const allowed = AREAS[areaOf(from)];
  if (!allowed) return null;
  if (areaOf(from) === areaOf(to)) return null;
  if (!allowed.includes(areaOf(to))) return `${areaOf(from)} may import ${allowed.length > 0 ? allowed.join(', ') : 'nothing of ours'}`;
  if (areaOf(from) === 'widget' && !edge.typeOnly) return 'the widget imports types of the protocol only';
  return null;
}

function embeddedRule(from: string, to: string): string | null {
  if (areaOf(to) !== 'embedded') return null;
  if (areaOf(from) === 'embedded') return from.split('/')[1] === to.split('/')[1] ? null : 'embedded folders import nothing of ours, not even each other';
  const room = roomOf(from);
  return room === null || MAY_USE_EMBEDDED.includes(room) ? null : 'only server/app and server/cli use what is embedded';
}

function channelRule(from: string, to: string): string | null {
  const [source, target] = [roomOf(from), roomOf(to)];
  if (source === 'channels') {
    if (target === 'kernel' || to === 'server/channels/channel.ts') return null;
    if (target !== null && target !== 'channels') return 'a channel knows the kernel and channels/channel.ts only';
    const other = channelOf(to);
    if (channelOf(from) !== null && target === 'channels' && other !== channelOf(from)) return 'channels never meet';
    return null;
  }
  if (target === 'channels' && source !== null && !HOST_OF_CHANNELS.includes(source)) return 'only server/app hosts channels; others publish events';
  return null;
}

function floorRule(from: string, to: string): string | null {
  const [source, target] = [roomOf(from), roomOf(to)];
  if (source === null || target === null || source === target || source === 'channels' || target === 'channels') return null;
  const [above, below] = [FLOORS[source], FLOORS[target]];
  if (above === undefined || below === undefined) return `server/${above === undefined ? source : target} has no floor: decide which and write it into the table`;
  return above > below ? null : `server/${source} stands on floor ${above} and may not call server/${target} on floor ${below}: publish an event`;
}

function featureRule(from: string, to: string): string | null {
  const [source, target] = [featureOf(from), featureOf(to)];
  return source !== null && target !== null && source !== target ? 'features of the console never import each other' : null;
}

/** The outermost folder with a door around `to` that `from` stands outside of. */
function doorBetween(from: string, to: string, doors: Set<string>): string | null {
  const parts = to.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = parts.slice(0, depth).join('/');
    if (!from.startsWith(`${folder}/`) && doors.has(folder)) return folder;
  }
  return null;
}

function doorRule(edge: Edge & { to: string }, doors: Set<string>): string | null {
  const { from, to } = edge;
  if (!DOORED.test(to) || !(areaOf(from) in AREAS)) return null;
  const room = roomOf(to);
  if (areaOf(from) === 'server' && roomOf(from) === 'cli' && COMMAND.test(to)) return null;
  const own = areaOf(to) === 'protocol' && (areaOf(from) === 'agent-console' || areaOf(from) === 'widget');
  const folder = own ? null : doorBetween(from, to, doors);
  if (folder !== null) return posix.join(folder, 'index.ts') === to ? null : `${folder} is entered through its door ${folder}/index.ts only`;
  const foreign = room !== null && room !== 'channels' && roomOf(from) !== null && roomOf(from) !== room && to.split('/').length > 2;
  return foreign ? `server/${room} has no door index.ts to enter by` : null;
}

/** Every import of ours that the floors forbid. */
export function layerBreaches(edges: Edge[]): Breach[] {
  const files = new Set(edges.flatMap((edge) => (edge.to ? [edge.from, edge.to] : [edge.from])));
  const doors = new Set([...files].filter((file) => file.endsWith('/index.ts')).map((file) => posix.dirname(file)));
  return edges.flatMap((edge) => {
    const { from, to, line } = edge;
    if (to === null) return [];
    const broken = [areaRule(from, to, edge), embeddedRule(from, to), channelRule(from, to), floorRule(from, to), featureRule(from, to), doorRule({ ...edge, to }, doors)];
    return broken.filter((rule) => rule !== null).map((rule) => ({ file: `${from}:${line}`, rule, detail: `imports ${to}` }));
  });
}
