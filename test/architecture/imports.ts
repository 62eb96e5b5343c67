// Who imports whom: static, dynamic, type-only and `import('x').T` alike, resolved to files of the tree.
import { posix } from 'node:path';
import ts from 'typescript';
import { eachNode, lineOf } from './sources';
import type { Source } from './sources';

export interface Edge {
  from: string;
  line: number;
  /** As written. */
  specifier: string;
  /** The file of ours it means; null for packages and for what is not there. */
  to: string | null;
  /** Leaves no trace in the running program. */
  typeOnly: boolean;
}

type Found = Pick<Edge, 'specifier' | 'typeOnly'> & { node: ts.Node };

const ENDINGS = ['', '.ts', '.tsx', '.d.ts', '.mjs', '.cjs', '.js', '.json', '/index.ts', '/index.tsx'];

function everySpecifierIsType(bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined): boolean {
  if (!bindings || ts.isNamespaceImport(bindings) || ts.isNamespaceExport(bindings)) return false;
  return bindings.elements.length > 0 && bindings.elements.every((element: ts.ImportSpecifier | ts.ExportSpecifier) => element.isTypeOnly);
}

function declared(node: ts.Node): Found | null {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const clause = node.importClause;
    const typeOnly = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || (!!clause && !clause.name && everySpecifierIsType(clause.namedBindings));
    return { node, specifier: node.moduleSpecifier.text, typeOnly };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return { node, specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly || everySpecifierIsType(node.exportClause) };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { node, specifier: node.argument.literal.text, typeOnly: true };
  }
  return null;
}

function called(node: ts.Node): Found | null {
  if (!ts.isCallExpression(node)) return null;
  const [first] = node.arguments;
  if (!first || !ts.isStringLiteralLike(first)) return null;
  const callee = node.expression;
  const isRequire = ts.isIdentifier(callee) && callee.text === 'require';
  return callee.kind === ts.SyntaxKind.ImportKeyword || isRequire ? { node, specifier: first.text, typeOnly: false } : null;
}

function resolve(from: string, specifier: string, files: Set<string>): string | null {
  if (!specifier.startsWith('.')) return null;
  const base = posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''));
  return ENDINGS.map((ending) => posix.normalize(base + ending)).find((file) => files.has(file)) ?? null;
}

export function importsOf(sources: Source[]): Edge[] {
  const files = new Set(sources.map((source) => source.path));
  return sources.flatMap(({ tree, path }) => {
    if (!tree) return [];
    const found: Edge[] = [];
    eachNode(tree, (node) => {
      const hit = declared(node) ?? called(node);
      if (hit) found.push({ from: path, line: lineOf(tree, hit.node), specifier: hit.specifier, typeOnly: hit.typeOnly, to: resolve(path, hit.specifier, files) });
    });
    return found;
  });
}
