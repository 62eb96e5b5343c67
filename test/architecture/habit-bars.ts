// Habits that are not ours: escapes from the type checker, prints, promises for later, default exports, odd file names.
import ts from 'typescript';
import { eachNode, lineOf } from './sources';
import type { Breach, Source } from './sources';

type Parsed = Source & { tree: ts.SourceFile };

const MAY_PRINT = /^server\/cli\//;
const MAY_EXPORT_DEFAULT = /\.config\.\w+$|\.d\.ts$/;
const FILE_NAME = /^[a-z0-9]+(?:[.-][a-z0-9]+)*\.\w+$/;
const COMMENTS: [pattern: RegExp, rule: string][] = [
  [/@ts-(ignore|nocheck)/, 'no @ts-ignore'],
  [/eslint-disable/, 'no eslint-disable'],
  [/\b(TODO|FIXME|HACK|XXX)\b(?!.*#\d)/, 'no TODO without the number of an issue'],
];
const SUFFIX = /^\.{1,2}\/.*\.(ts|tsx|js)$/;

function nodeBreach(node: ts.Node, path: string): string | null {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return 'no any';
  if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'console' && !MAY_PRINT.test(path)) return 'no console outside server/cli';
  if (ts.isExportAssignment(node) && !MAY_EXPORT_DEFAULT.test(path)) return 'named exports only';
  if (isDefaultModifier(node) && !MAY_EXPORT_DEFAULT.test(path)) return 'named exports only';
  const importing = ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined;
  if (importing && ts.isStringLiteral(importing) && SUFFIX.test(importing.text) && /\.tsx?$/.test(path)) return 'imports without file suffix';
  return null;
}

function isDefaultModifier(node: ts.Node): boolean {
  return ts.canHaveModifiers(node) && !!ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword);
}

/** Comments of a file with their line; strings that look like comments are not among them. */
function commentsOf(tree: ts.SourceFile): { text: string; line: number }[] {
  const seen = new Map<number, { text: string; line: number }>();
  eachNode(tree, (node) => {
    for (const range of [...(ts.getLeadingCommentRanges(tree.text, node.getFullStart()) ?? []), ...(ts.getTrailingCommentRanges(tree.text, node.getEnd()) ?? [])]) {
      seen.set(range.pos, { text: tree.text.slice(range.pos, range.end), line: tree.getLineAndCharacterOfPosition(range.pos).line + 1 });
    }
  });
  return [...seen.values()];
}

function commentBreaches({ tree, path, text }: Parsed): Breach[] {
  const suspects = COMMENTS.filter(([pattern]) => pattern.test(text));
  if (suspects.length === 0) return [];
  return commentsOf(tree).flatMap((comment) => suspects.filter(([pattern]) => pattern.test(comment.text))
    .map(([, rule]) => ({ file: `${path}:${comment.line}`, rule, detail: comment.text.slice(0, 80) })));
}

export function habitBreaches(files: Parsed[]): Breach[] {
  return files.flatMap((source) => {
    const found = commentBreaches(source);
    eachNode(source.tree, (node) => {
      const rule = nodeBreach(node, source.path);
      if (rule !== null) found.push({ file: `${source.path}:${lineOf(source.tree, node)}`, rule, detail: node.getText(source.tree).slice(0, 80) });
    });
    return found;
  });
}

export function fileNameBreaches(files: Source[]): Breach[] {
  return files.map((source) => source.path.split('/').at(-1) ?? '').flatMap((name, i) =>
    FILE_NAME.test(name) ? [] : [{ file: files[i]?.path ?? '', rule: 'file names are kebab-case', detail: name }]);
}

const FLAGS: Record<string, boolean> = {
  strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: true, noImplicitOverride: true, noFallthroughCasesInSwitch: true,
};

interface Tsconfig {
  extends?: string;
  compilerOptions?: Record<string, unknown>;
}

/** Every tsconfig has the flags, by itself or from the one of the root, and none turns one off. */
export function tsconfigBreaches(sources: Source[]): Breach[] {
  return sources.filter((source) => /(^|\/)tsconfig[^/]*\.json$/.test(source.path)).flatMap(({ path, text }) => {
    const { config } = ts.parseConfigFileTextToJson(path, text) as { config?: Tsconfig };
    const inherits = /tsconfig\.json$/.test(config?.extends ?? '');
    return Object.entries(FLAGS).filter(([flag, wanted]) => {
      const value = config?.compilerOptions?.[flag];
      return value === undefined ? !inherits : value !== wanted;
    }).map(([flag]) => ({ file: path, rule: 'TypeScript is strict', detail: `${flag} is not on` }));
  });
}
