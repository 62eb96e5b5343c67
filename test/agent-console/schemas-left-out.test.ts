// What browsers load of the protocol without its schemas says of every endpoint what the console asks it, and keeps the lists the console reads.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as protocol from '../../protocol';
import { projectFolder } from '../support/build';

const built = (): unknown => JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', `
  import { build } from 'vite';
  import { schemasLeftOut } from ${JSON.stringify(join(projectFolder(), 'agent-console', 'schemas-left-out.mjs'))};
  const root = ${JSON.stringify(projectFolder())};
  const made = await build({ root, configFile: false, logLevel: 'silent', plugins: [schemasLeftOut()], resolve: { alias: { zod: root + '/agent-console/lib/no-schemas.ts' } },
    build: { write: false, minify: false, lib: { entry: root + '/protocol/index.ts', formats: ['es'] } } });
  const protocol = await import('data:text/javascript;base64,' + Buffer.from(made[0].output[0].code).toString('base64'));
  process.stdout.write(JSON.stringify({ ...protocol }, (key, value) => (typeof value === 'function' ? (key === 'body' ? true : undefined) : value)));
`], { cwd: projectFolder(), encoding: 'utf8', maxBuffer: 1 << 26 }));

interface Told { method: string; path: string; produces?: string; body?: unknown }
const isEndpoint = (value: unknown): value is Told => typeof value === 'object' && value !== null && 'method' in value && 'path' in value;
const asked = ({ method, path, produces, body }: Told) => ({ method, path, produces, body: body !== undefined });
const endpointsOf = (all: unknown): Record<string, object> => Object.fromEntries(Object.entries(all as Record<string, unknown>).flatMap(([group, value]) => (
  typeof value === 'object' && value !== null ? Object.entries(value).filter(([, one]) => isEndpoint(one)).map(([name, one]) => [`${group}.${name}`, asked(one as Told)]) : []
)));
it('the console knows of each endpoint its method, path, medium and whether it has a body, and the lists of abilities and problems', () => {
  const shortened = built();
  const [there, real] = [endpointsOf(shortened), endpointsOf(protocol)];
  expect(Object.keys(real).length).toBeGreaterThan(150);
  expect(there).toEqual(real);
  const { abilities, problems } = protocol;
  expect(shortened).toMatchObject({ abilities, problems });
  expect(JSON.stringify(shortened)).not.toContain(protocol.customerEndpoints.list.summary);
}, 60_000);
