// Every field that crosses a wire says what it means: in its schema, by a doc comment, or because it is a named thing that says so itself.
import ts from 'typescript';
import { Declarations, describes } from './doc-comments';
import type { Parsed } from './doc-comments';
import { eachNode, lineOf } from './sources';
import type { Breach } from './sources';

const OBJECTS = /^(object|strictObject|looseObject|extend|safeExtend)$/;

/** `z.object({…})` and its kin. */
function isSchema(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && OBJECTS.test(node.expression.name.text);
}

/** The name at the beginning of `status.nullable()` or `customerSummary.pick({…})`. */
function headOf(node: ts.Expression): string | null {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) return headOf(node.expression);
  return null;
}

/** `z.array(x)` speaks for x; `page(x)` and `z.array(x).max(3)` as well. */
function innermost(node: ts.Expression): ts.Expression {
  if (!ts.isCallExpression(node)) return node;
  const callee = node.expression;
  const [first] = node.arguments;
  if (ts.isPropertyAccessExpression(callee) && callee.expression.getText() === 'z') return first && /^(array|nullable|optional|lazy)$/.test(callee.name.text) ? innermost(first) : node;
  return ts.isPropertyAccessExpression(callee) && ts.isCallExpression(callee.expression) ? innermost(callee.expression) : node;
}

class FieldCheck {
  readonly breaches: Breach[] = [];
  private readonly seen = new Set<ts.Node>();

  constructor(private readonly source: Parsed, private readonly declarations: Declarations) {
    eachNode(source.tree, (node) => {
      if (!isSchema(node)) return;
      const [shape] = node.arguments;
      if (shape) this.shape(shape);
    });
  }

  /** Fields written in place, or kept in a constant of the same file that several schemas spread. */
  private shape(value: ts.Expression): void {
    if (ts.isObjectLiteralExpression(value)) return value.properties.forEach((property) => this.field(property));
    const meant = ts.isIdentifier(value) ? this.declarations.find(this.source, value.text) : null;
    if (!meant || meant.source !== this.source || this.seen.has(meant.node) || !ts.isVariableDeclaration(meant.node)) return;
    this.seen.add(meant.node);
    if (meant.node.initializer && ts.isObjectLiteralExpression(meant.node.initializer)) this.shape(meant.node.initializer);
  }

  private field(property: ts.ObjectLiteralElementLike): void {
    if (ts.isSpreadAssignment(property)) return this.shape(property.expression);
    if (ts.getJSDocCommentsAndTags(property).length > 0) return;
    const value = ts.isPropertyAssignment(property) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
    if (!value || describes(value) || this.namedAndDocumented(value)) return;
    const file = `${this.source.path}:${lineOf(this.source.tree, property)}`;
    this.breaches.push({ file, rule: 'every field of the protocol says what it means', detail: property.getText(this.source.tree).slice(0, 80) });
  }

  private namedAndDocumented(value: ts.Expression): boolean {
    const inner = innermost(value);
    if (describes(inner)) return true;
    const head = headOf(inner);
    const declaration = head !== null && head !== 'z' ? this.declarations.find(this.source, head) : null;
    return declaration !== null && this.declarations.isDocumented(declaration);
  }
}

export function fieldBreaches(files: Parsed[]): Breach[] {
  const declarations = new Declarations(files);
  return files.filter((source) => source.area === 'protocol').flatMap((source) => new FieldCheck(source, declarations).breaches);
}
