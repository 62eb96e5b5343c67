import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { consoleSources, folder } from './sources';

const spoken = new Set(['aria-label', 'aria-description', 'aria-roledescription', 'placeholder', 'title', 'alt', 'label']);
const hasLetters = (text: string): boolean => /\p{L}{2,}/u.test(text);

/** Words for people that stand in a component instead of in the locales. */
function literalTexts(name: string, text: string): string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && hasLetters(node.text)) found.push(`${name}: ${node.text.trim()}`);
    if (ts.isJsxAttribute(node) && node.initializer && ts.isStringLiteral(node.initializer) && spoken.has(node.name.getText()) && hasLetters(node.initializer.text)) found.push(`${name}: ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

test('no component contains words for people', () => {
  expect(consoleSources().filter(({ name }) => name.endsWith('.tsx')).flatMap(({ name, text }) => literalTexts(name, text))).toEqual([]);
});

test('the check finds planted words', () => {
  expect(literalTexts('x.tsx', 'const x = <p title="Some words">Other words {t("k")}</p>')).toHaveLength(2);
});

test('no colour outside the tokens', () => {
  const colour = /#[0-9a-fA-F]{3,8}\b(?!\w)|\b(?:rgb|hsl|oklch|oklab|lab|lch)a?\(/;
  const wrong = consoleSources().filter(({ text }) => text.split('\n').some((line) => colour.test(line.replace(/#rrggbb|#\w+=|`#\$\{|#4821/g, ''))));
  expect(wrong.map(({ name }) => name)).toEqual([]);
  expect(readFileSync(join(folder, 'styles.css'), 'utf8')).not.toMatch(colour);
});

test('sides are named by reading direction, not by left and right', () => {
  const physical = /(?<![\w-])-?(?:[mp][lr]|left|right|border-[lr]|rounded-[lr]|text-left|text-right|float-left|float-right)-(?:\d|\[|auto)|(?<![\w-])text-(?:left|right)(?![\w-])/;
  expect(consoleSources().filter(({ text }) => text.split('\n').some((line) => physical.test(line))).map(({ name }) => name)).toEqual([]);
});

test('features do not import each other, and the lower floors do not import features', () => {
  const wrong = consoleSources().flatMap(({ name, text }) => [...text.matchAll(/from '([^']+)'|import\('([^']+)'\)/g)].map((match) => join(name, '..', match[1] ?? match[2] ?? '')).filter((target) => {
    const mine = /^features\/([^/]+)/.exec(name)?.[1];
    const theirs = /^features\/([^/]+)/.exec(target)?.[1];
    if (theirs === undefined) return false;
    return mine ? mine !== theirs : /^(ui|lib|api|realtime)\//.test(name);
  }).map((target) => `${name} → ${target}`));
  expect(wrong).toEqual([]);
});
