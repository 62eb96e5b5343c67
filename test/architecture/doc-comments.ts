// Every export of a door and every field of the protocol says what it means. A schema says it by .describe(), anything else by a doc comment.
import { posix } from 'node:path';
import ts from 'typescript';
import { lineOf } from './sources';
import type { Breach, Source } from './sources';

export type Parsed = Source & { tree: ts.SourceFile };

interface Declaration {
  source: Parsed;
  /** The statement, or the variable's declaration. */
  node: ts.Node;
  /** Where the doc comment would stand. */
  commented: ts.Node;
}

const DOORED = /^(protocol|queues|server|embedded)\/(.*\/)?index\.ts$/;

const hasComment = (node: ts.Node) => ts.getJSDocCommentsAndTags(node).length > 0;

/** `.describe()` or `.meta()` somewhere in the chain, or a call of a field kind, which takes the meaning as its last argument. */
function describes(node: ts.Expression | undefined): boolean {
  if (!node || !ts.isCallExpression(node)) return false;
  const last = node.arguments.at(-1);
  const callee = node.expression;
  if (ts.isIdentifier(callee)) return last !== undefined && (ts.isStringLiteralLike(last) || ts.isTemplateExpression(last));
  if (!ts.isPropertyAccessExpression(callee)) return false;
  return /^(describe|meta)$/.test(callee.name.text) || describes(callee.expression as ts.Expression);
}

/** Looks declarations and exports up across files by name, without a type checker. */
export class Declarations {
  private readonly byPath: Map<string, Parsed>;

  constructor(files: Parsed[]) {
    this.byPath = new Map(files.map((source) => [source.path, source]));
  }

  private target(from: Parsed, specifier: string): Parsed | undefined {
    const base = posix.join(posix.dirname(from.path), specifier);
    return ['.ts', '.tsx', '/index.ts'].map((ending) => this.byPath.get(base + ending)).find(Boolean);
  }

  /** The declaration a name stands for in a file, followed through imports and re-exports. */
  find(source: Parsed, name: string, depth = 0): Declaration | null {
    if (depth > 8) return null;
    for (const statement of source.tree.statements) {
      const own = declaredIn(statement, name);
      if (own) return { source, ...own };
      const link = linkIn(statement, name);
      const next = link && this.target(source, link.specifier);
      const found = next ? this.find(next, link.name, depth + 1) : null;
      if (found) return found;
    }
    return null;
  }

  /** Names a file exports, with the statement that exports each. */
  exportsOf(source: Parsed): { name: string; statement: ts.Statement; holder: Parsed }[] {
    return source.tree.statements.flatMap((statement) => {
      if (ts.isExportDeclaration(statement)) {
        const clause = statement.exportClause;
        if (clause && ts.isNamedExports(clause)) return clause.elements.map((element) => ({ name: element.name.text, statement, holder: source }));
        const next = !clause && statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier) ? this.target(source, statement.moduleSpecifier.text) : undefined;
        return next ? this.exportsOf(next) : [];
      }
      const exported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);
      return exported ? namesOf(statement).map((name) => ({ name, statement, holder: source })) : [];
    });
  }

  isDocumented(declaration: Declaration, depth = 0): boolean {
    const { node, commented, source } = declaration;
    if (hasComment(commented)) return true;
    if (ts.isVariableDeclaration(node)) return describes(node.initializer);
    return ts.isTypeAliasDeclaration(node) && this.namedInType(node.type).some((name) => {
      const meant = depth < 4 ? this.find(source, name) : null;
      return meant !== null && meant.node !== node && this.isDocumented(meant, depth + 1);
    });
  }

  /** Names behind `typeof`: a type made from a documented value needs no second comment. */
  private namedInType(type: ts.Node): string[] {
    const own = ts.isTypeQueryNode(type) ? [type.exprName.getText().split('.')[0] ?? ''] : [];
    const below: string[] = [];
    type.forEachChild((child) => void below.push(...this.namedInType(child)));
    return [...own, ...below];
  }
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map((declaration) => declaration.name.getText());
  const name = (statement as ts.Statement & { name?: ts.Identifier }).name;
  return name ? [name.text] : [];
}

function declaredIn(statement: ts.Statement, name: string): Pick<Declaration, 'node' | 'commented'> | null {
  if (ts.isVariableStatement(statement)) {
    const node = statement.declarationList.declarations.find((declaration) => declaration.name.getText() === name);
    return node ? { node, commented: statement } : null;
  }
  if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return null;
  return namesOf(statement).includes(name) ? { node: statement, commented: statement } : null;
}

function linkIn(statement: ts.Statement, name: string): { specifier: string; name: string } | null {
  const importing = ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) ? statement.moduleSpecifier : undefined;
  if (!importing || !ts.isStringLiteral(importing)) return null;
  const clause = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : (statement as ts.ExportDeclaration).exportClause;
  if (!clause) return ts.isExportDeclaration(statement) ? { specifier: importing.text, name } : null;
  if (!ts.isNamedImports(clause) && !ts.isNamedExports(clause)) return null;
  const element = (clause.elements as readonly (ts.ImportSpecifier | ts.ExportSpecifier)[]).find((one) => one.name.text === name);
  return element ? { specifier: importing.text, name: (element.propertyName ?? element.name).text } : null;
}

/** Exports of doors without a doc comment where they are declared or where the door lists them. */
export function doorBreaches(files: Parsed[]): Breach[] {
  const declarations = new Declarations(files);
  return files.filter((source) => DOORED.test(source.path)).flatMap((door) => declarations.exportsOf(door).flatMap(({ name, statement, holder }) => {
    if (hasComment(statement) || ts.getLeadingCommentRanges(holder.text, statement.getFullStart())?.some((range) => holder.text.startsWith('/**', range.pos))) return [];
    const declaration = declarations.find(holder, name);
    if (declaration === null || declarations.isDocumented(declaration)) return [];
    return [{ file: `${declaration.source.path}:${lineOf(declaration.source.tree, declaration.node)}`, rule: 'every export of a door has a doc comment', detail: `${name}, by ${door.path}` }];
  }));
}

export { describes };
