// Packages: what runs in production is declared as a dependency (starting installs no development packages), and each floor keeps off the
// libraries of the floors above.
import { builtinModules } from 'node:module';
import type { Edge } from './imports';
import type { Breach } from './sources';

export interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const PRODUCTION = ['protocol', 'queues', 'server', 'embedded', 'agent-console', 'widget', 'bin'];
const FOREIGN: [area: RegExp, packages: RegExp, rule: string][] = [
  [/^queues\//, /^(mongoose|mongodb|bson|express|socket\.io.*|@socket\.io\/.*)$/, 'queues know Redis, BullMQ and the protocol: no MongoDB, no Express, no Socket.IO'],
  [/^protocol\//, /^(?!zod$)/, 'the protocol needs nothing but zod'],
  [/^embedded\/redis\//, /./, 'the private Redis needs no package'],
  [/^widget\//, /^(react|react-dom|zod)$/, 'the widget is Preact, and validates nothing'],
];
const builtins = new Set(builtinModules);

/** '@a/b/c' → '@a/b', 'x/y' → 'x'; null for node modules, files and virtual modules of the build tool. */
function packageOf(specifier: string): string | null {
  if (specifier.startsWith('.') || specifier.startsWith('/') || specifier.startsWith('node:') || specifier.startsWith('virtual:')) return null;
  const parts = specifier.split('/');
  const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
  return builtins.has(name) ? null : name;
}

export function packageBreaches(edges: Edge[], manifest: Manifest): Breach[] {
  const runtime = new Set(Object.keys(manifest.dependencies ?? {}));
  const all = new Set([...runtime, ...Object.keys(manifest.devDependencies ?? {})]);
  return edges.flatMap(({ from, line, specifier, typeOnly }) => {
    const name = packageOf(specifier);
    if (name === null) return [];
    const area = from.slice(0, from.indexOf('/'));
    const isConfig = /\.config\.\w+$/.test(from);
    const wanted = PRODUCTION.includes(area) && !typeOnly && !isConfig ? runtime : all;
    const typed = typeOnly && all.has(`@types/${name.replace('@', '').replace('/', '__')}`);
    const rules = FOREIGN.filter(([place, packages]) => place.test(from) && packages.test(name)).map(([, , rule]) => rule);
    if (!wanted.has(name) && !typed) rules.push(all.has(name) ? 'production code needs no development package' : 'a package that is imported is declared in package.json');
    return rules.map((rule) => ({ file: `${from}:${line}`, rule, detail: `imports ${name}` }));
  });
}

/** Relative imports that lead nowhere. */
export function danglingBreaches(edges: Edge[]): Breach[] {
  return edges.filter((edge) => edge.to === null && edge.specifier.startsWith('.') && !/\/dist\//.test(edge.specifier))
    .map((edge) => ({ file: `${edge.from}:${edge.line}`, rule: 'an import leads somewhere', detail: `imports ${edge.specifier}` }));
}
