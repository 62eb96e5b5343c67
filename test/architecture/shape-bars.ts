// Bars for the shape of code: length of files and functions, number of parameters. Figures are those of docs/architecture.md.
import ts from 'typescript';
import { eachNode, lineOf } from './sources';
import type { Breach, Source } from './sources';

export const BARS = { fileMax: 300, fileP90: 150, functionMax: 60, parametersMax: 3 };

type Parsed = Source & { tree: ts.SourceFile };
type WithBody = ts.FunctionLikeDeclaration & { body: ts.Node };

const lineCount = (text: string) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

export function fileLengthBreaches(files: Source[]): Breach[] {
  return files.map((source) => ({ source, length: lineCount(source.text) })).filter(({ length }) => length > BARS.fileMax)
    .map(({ source, length }) => ({ file: source.path, rule: `a file has at most ${BARS.fileMax} lines`, detail: `${length}` }));
}

export function p90Breaches(files: Source[]): Breach[] {
  const p90 = percentile(files.map((source) => lineCount(source.text)), 0.9);
  return p90 <= BARS.fileP90 ? [] : [{ file: 'all files', rule: `nine files of ten have at most ${BARS.fileP90} lines`, detail: `${p90}` }];
}

const hasBody = (node: ts.Node): node is WithBody => ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;

/** The body of `describe('…', () => { … })` is a chapter of tests, not a function. */
function isChapter(node: ts.Node): boolean {
  const call = node.parent;
  if (!call || !ts.isCallExpression(call)) return false;
  const callee = call.expression.getText();
  return /^describe\b/.test(callee);
}

/** Express knows an error handler by its four parameters. */
function isErrorHandler(node: WithBody): boolean {
  const names = node.parameters.map((parameter) => parameter.name.getText().replace(/^_/, ''));
  return names.length === 4 && /^err(or)?$/.test(names[0] ?? '') && names[3] === 'next';
}

/** `test.each(rows)('…', (a, b, c, d) => …)`: the rows have as many columns as they need. */
function isRow(node: ts.Node): boolean {
  const call = node.parent;
  return !!call && ts.isCallExpression(call) && ts.isCallExpression(call.expression) && /\.each$/.test(call.expression.expression.getText());
}

function nameOf(node: WithBody): string {
  if (node.name) return node.name.getText();
  const parent = node.parent;
  return parent && (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) ? parent.name.getText() : 'a function';
}

function linesOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getEnd()).line + 2 - lineOf(tree, node);
}

export function functionBreaches(files: Parsed[]): Breach[] {
  return files.flatMap(({ tree, path }) => {
    const found: Breach[] = [];
    eachNode(tree, (node) => {
      if (!hasBody(node)) return;
      const file = `${path}:${lineOf(tree, node)}`;
      const length = linesOf(tree, node);
      const parameters = node.parameters.filter((parameter) => parameter.name.getText() !== 'this').length;
      if (length > BARS.functionMax && !isChapter(node)) found.push({ file, rule: `a function has at most ${BARS.functionMax} lines`, detail: `${nameOf(node)}: ${length}` });
      if (parameters > BARS.parametersMax && !isErrorHandler(node) && !isRow(node)) found.push({ file, rule: `a function has at most ${BARS.parametersMax} parameters`, detail: `${nameOf(node)}: ${parameters}` });
    });
    return found;
  });
}

/** Medians, for the report: the bars are a limit, not an aim. */
export function figures(files: Parsed[]): { files: number; medianFile: number; p90File: number; medianFunction: number } {
  const lengths = files.map((source) => lineCount(source.text));
  const functions: number[] = [];
  for (const { tree } of files) eachNode(tree, (node) => (hasBody(node) ? functions.push(linesOf(tree, node)) : 0));
  return { files: files.length, medianFile: percentile(lengths, 0.5), p90File: percentile(lengths, 0.9), medianFunction: percentile(functions, 0.5) };
}
