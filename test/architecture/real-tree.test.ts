// The rules of docs/architecture.md, held against the tree as it is. That each rule catches a breach is shown in the other files of this folder.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../support/build';
import { cycles } from './cycles';
import { doorBreaches } from './doc-comments';
import { fileNameBreaches, habitBreaches, tsconfigBreaches } from './habit-bars';
import { importsOf } from './imports';
import { layerBreaches } from './layers';
import { danglingBreaches, packageBreaches } from './packages';
import type { Manifest } from './packages';
import { fieldBreaches } from './protocol-fields';
import { figures, fileLengthBreaches, functionBreaches, p90Breaches } from './shape-bars';
import { codeOf, readTree } from './sources';
import type { Breach } from './sources';
import { colourBreaches, hostBreaches, wordBreaches } from './words';

const PRODUCT = ['protocol', 'queues', 'server', 'embedded', 'agent-console', 'widget', 'scripts', 'bin', 'bench'];
const root = projectFolder();
const sources = readTree(root);
const product = codeOf(sources, PRODUCT);
const code = codeOf(sources, [...PRODUCT, 'test']);
const styled = sources.filter(({ path, area }) => [...PRODUCT, 'test'].includes(area) && /\.(css|lua)$/.test(path));
const edges = importsOf(sources);
const shown = (...breaches: Breach[][]) => breaches.flat().map(({ file, rule, detail }) => `${file}  ${rule}  (${detail})`);

describe('imports', () => {
  test('keep to the floors', () => expect(shown(layerBreaches(edges))).toEqual([]));
  test('have no cycle', () => expect(shown(cycles(edges))).toEqual([]));
  test('lead somewhere', () => expect(shown(danglingBreaches(edges))).toEqual([]));
  test('are of packages that are declared', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
    expect(shown(packageBreaches(edges, manifest))).toEqual([]);
  });
});

describe('code', () => {
  test('comes in short files', () => expect(shown(fileLengthBreaches([...code, ...styled]), p90Breaches(product))).toEqual([]));
  test('comes in short functions that take few parameters', () => expect(shown(functionBreaches(code))).toEqual([]));
  test('does not escape the type checker, print or postpone', () => expect(shown(habitBreaches(code))).toEqual([]));
  test('has file names of one kind', () => expect(shown(fileNameBreaches([...code, ...styled]))).toEqual([]));
  test('is checked strictly everywhere', () => {
    expect(sources.some((source) => source.path === 'tsconfig.json')).toBe(true);
    expect(shown(tsconfigBreaches(sources))).toEqual([]);
  });
  test('is measured', () => {
    const { files, medianFile, p90File, medianFunction } = figures(product);
    process.stdout.write(`code: ${files} files, lines per file ${medianFile} (median) ${p90File} (p90), lines per function ${medianFunction} (median)\n`);
    expect(files).toBeGreaterThan(0);
  });
});

describe('doc comments', () => {
  test('stand at every export of a door', () => expect(shown(doorBreaches(product))).toEqual([]));
  test('stand at every field of the protocol', () => expect(shown(fieldBreaches(product))).toEqual([]));
});

describe('words and colours', () => {
  test('names are those of the glossary', () => expect(shown(wordBreaches(sources))).toEqual([]));
  test('colours come from the tokens', () => expect(shown(colourBreaches(sources))).toEqual([]));
  test('no package registry is named', () => expect(shown(hostBreaches(sources))).toEqual([]));
});
