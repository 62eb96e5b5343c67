// `npm run size [-- --json FILE]`: gzipped sizes of what browsers load first, from the production build; exit code 1 over budget.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from './setup/build.mjs';
import { dist } from './setup/paths.mjs';

const BUDGETS = { loader_gz: 2048, widget_gz: 30_000, console_js_gz: 200_000, console_css_gz: 30_000, helpcentre_first_load_gz: 100_000 };

const gzipped = async (file) => gzipSync(await readFile(file), { level: 9 }).length;
const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);

async function manifestOf(name) {
  const file = join(dist, name, '.vite', 'manifest.json');
  if (!existsSync(file)) throw new Error(`there is no production build of ${name}`);
  return JSON.parse(await readFile(file, 'utf8'));
}

/** Manifest keys some entries need: their static imports, and their lazy ones when asked for. */
function closure(manifest, entries, lazy) {
  const seen = new Set();
  const open = [...entries];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (seen.has(key) || !manifest[key]) continue;
    seen.add(key);
    open.push(...(manifest[key].imports ?? []), ...(lazy ? (manifest[key].dynamicImports ?? []) : []));
  }
  return seen;
}

async function sizes(name, manifest, keys) {
  const files = [...keys].map((key) => manifest[key].file);
  const styles = [...new Set([...keys].flatMap((key) => manifest[key].css ?? []))];
  const of = (list) => Promise.all([...new Set(list)].map((file) => gzipped(join(dist, name, file))));
  return { js: sum(await of(files.filter((file) => file.endsWith('.js')))), css: sum(await of([...styles, ...files.filter((file) => file.endsWith('.css'))])) };
}

/** The loader by itself; the widget is everything after it, lazy parts included, with the largest of its languages. */
async function widgetRows() {
  const manifest = await manifestOf('widget');
  const entries = Object.keys(manifest).filter((key) => manifest[key].isEntry);
  const loader = entries.find((key) => manifest[key].file === 'trunkline.js');
  const languages = entries.filter((key) => key.startsWith('locales/'));
  const keys = closure(manifest, entries.filter((key) => key !== loader && !languages.includes(key)), true);
  languages.forEach((key) => keys.delete(key));
  const { js, css } = await sizes('widget', manifest, keys);
  const language = Math.max(0, ...(await Promise.all(languages.map((key) => gzipped(join(dist, 'widget', manifest[key].file))))));
  return { loader_gz: await gzipped(join(dist, 'widget', 'trunkline.js')), widget_gz: js + css + language };
}

async function consoleRows() {
  const manifest = await manifestOf('agent-console');
  const keys = closure(manifest, Object.keys(manifest).filter((key) => manifest[key].isEntry), false);
  const { js, css } = await sizes('agent-console', manifest, keys);
  return { console_js_gz: js, console_css_gz: css };
}

/** The help centre is written by the server: its style sheet, and its front page as the server writes it with as much on it as it ever shows. */
async function helpCentreRows() {
  const { createRequire } = await import('node:module');
  const { fullestPage, style } = createRequire(import.meta.url)(join(dist, 'server', 'help-centre', 'fullest-page.js'));
  return { helpcentre_first_load_gz: [fullestPage('#0f766e'), style].reduce((total, text) => total + gzipSync(text, { level: 9 }).length, 0) };
}

const { values } = parseArgs({ options: { json: { type: 'string' } } });
try {
  await build();
  const measured = { ...(await widgetRows()), ...(await consoleRows()), ...(await helpCentreRows()) };
  const rows = Object.entries(measured).map(([metric, value]) => ({ metric, value, unit: 'B', limit: 'budget', limit_value: BUDGETS[metric], ratio: Number((value / BUDGETS[metric]).toFixed(3)) }));
  for (const { metric, value, limit_value: limit } of rows) process.stdout.write(`${metric.padEnd(26)} ${String(value).padStart(8)} B of ${String(limit).padStart(7)} B  ${value > limit ? 'OVER BUDGET' : 'ok'}\n`);
  if (values.json) await writeFile(values.json, JSON.stringify({ name: 'size', at: new Date().toISOString(), node: process.versions.node, rows }, null, 2));
  process.exitCode = rows.some((row) => row.value > row.limit_value) ? 1 : 0;
} catch (error) {
  process.stderr.write(`size: ${error.message}\n`);
  process.exitCode = 1;
}
