// Reads a source tree once: every rule works on the same parsed files, of the real tree or of a small planted one.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';

export interface Source {
  /** Path from the root, with slashes. */
  path: string;
  /** First folder of the path, such as server or protocol; '' for files of the root. */
  area: string;
  text: string;
  /** Parsed file; null for anything but TypeScript and JavaScript. */
  tree: ts.SourceFile | null;
}

export interface Breach {
  file: string;
  rule: string;
  detail: string;
}

const SKIPPED = new Set(['node_modules', 'dist', 'data', 'coverage', '.git', '.cache']);
const TEXT = /\.(ts|tsx|mjs|cjs|js|jsx|css|lua|json|md|html|sh|yaml|yml|svg|txt)$/;
const CODE = /\.(ts|tsx|mjs|cjs|js|jsx)$/;

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return entry.isFile() && (TEXT.test(entry.name) || !entry.name.includes('.')) ? [path] : [];
  });
}

function parse(path: string, text: string): ts.SourceFile {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : CODE.exec(path)?.[1] === 'ts' ? ts.ScriptKind.TS : ts.ScriptKind.JS;
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true, kind);
}

/** All text files below a root, in a stable order. */
export function readTree(root: string): Source[] {
  return walk(root).sort().map((file) => {
    const path = relative(root, file).split(sep).join('/');
    const text = readFileSync(file, 'utf8');
    return { path, area: path.includes('/') ? path.slice(0, path.indexOf('/')) : '', text, tree: CODE.test(path) ? parse(path, text) : null };
  });
}

/** Sources with code of ours in some areas. */
export function codeOf(sources: Source[], areas: readonly string[]): (Source & { tree: ts.SourceFile })[] {
  return sources.filter((source): source is Source & { tree: ts.SourceFile } => source.tree !== null && areas.includes(source.area));
}

export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

/** Calls `visit` for every node below. */
export function eachNode(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => eachNode(child, visit));
}
