// A small project of its own with a copy of our scripts, so that set-up, build and test runs can be tried without touching the real one.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFolder } from '../support/build';
import { tempFolder } from '../support/temp';

export interface Ended {
  code: number | null;
  output: string;
  ms: number;
}

export interface SmallProject {
  path: string;
  write(files: Record<string, string>): void;
  run(program: string, args: string[], env?: Record<string, string>): Promise<Ended>;
  remove(): void;
}

/** `packages: 'real'` links our node_modules, `'own'` makes an empty one that satisfies an empty lock file. */
export function smallProject(packages: 'real' | 'own'): SmallProject {
  const folder = tempFolder('project');
  const at = (path: string) => join(folder.path, path);
  for (const part of ['scripts', '.ci', 'bin']) cpSync(join(projectFolder(), part), at(part), { recursive: true });
  const write = (files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), text);
    }
  };
  write({ 'package.json': '{"name":"small","version":"1.0.0","private":true}', 'package-lock.json': '{"name":"small","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"small","version":"1.0.0"}}}' });
  if (packages === 'real') symlinkSync(join(projectFolder(), 'node_modules'), at('node_modules'));
  else write({ 'node_modules/.package-lock.json': '{"packages":{}}' });
  return { path: folder.path, write, run: (program, args, env = {}) => run(folder.path, [program, ...args], env), remove: folder.remove };
}

function run(cwd: string, [program = '', ...args]: string[], env: Record<string, string>): Promise<Ended> {
  const start = Date.now();
  return new Promise((resolve) => {
    const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(JEST_|npm_|NODE_OPTIONS$|SEED$|SOAK$)/.test(name)));
    const child = spawn(program, args, { cwd, env: { ...clean, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 127, output: error.message, ms: 0 }));
    child.on('close', (code) => resolve({ code, output, ms: Date.now() - start }));
  });
}
