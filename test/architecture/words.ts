// Words and colours: one name per thing (the glossary), no literal colour outside the token files, no package registry's address anywhere.
import ts from 'typescript';
import { eachNode, lineOf } from './sources';
import type { Breach, Source } from './sources';

/** Word not to be used → the word for it. Only in names we give. */
const BANNED: Record<string, string> = {
  tenant: 'Company', workspace: 'Company', conversation: 'Ticket', department: 'Queue', reservation: 'Offer', faq: 'Answer',
};
/** Not as a whole name: a person or an event? */
const BANNED_ALONE: Record<string, string> = { contact: 'Customer, ContactPoint or Interaction', contacts: 'Customer, ContactPoint or Interaction' };
const NAMED_AREAS = ['protocol', 'queues', 'server', 'agent-console', 'widget'];

const wordsOf = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z]+/);

function givenName(node: ts.Node, inProtocol: boolean): string | null {
  const gives = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)
    || ts.isTypeAliasDeclaration(node) || ts.isPropertySignature(node) || ts.isPropertyDeclaration(node) || ts.isMethodDeclaration(node)
    || (inProtocol && ts.isPropertyAssignment(node) && node.initializer.kind !== ts.SyntaxKind.TrueKeyword);
  const name = gives ? (node as ts.Node & { name?: ts.Node }).name : undefined;
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : null;
}

export function wordBreaches(sources: Source[]): Breach[] {
  return sources.flatMap(({ tree, path, area }) => {
    const found: Breach[] = [];
    if (!tree || !NAMED_AREAS.includes(area)) return found;
    eachNode(tree, (node) => {
      const name = givenName(node, area === 'protocol');
      if (name === null) return;
      const better = BANNED_ALONE[name.toLowerCase()] ?? BANNED[wordsOf(name).find((word) => word.replace(/s$/, '') in BANNED)?.replace(/s$/, '') ?? ''];
      if (better) found.push({ file: `${path}:${lineOf(tree, node)}`, rule: 'names are those of the glossary', detail: `${name}: say ${better}` });
    });
    return found;
  });
}

const COLOURED = /^(agent-console|widget|server\/help-centre)\/.*\.(css|ts|tsx)$/;
const TOKENS = /(^|[/.])tokens\.(css|ts)$/;
const HEX = /#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b/i;
const FUNCTION = /\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(\s*[\d.]/i;
const PALETTE = /\b(?:bg|text|border|ring|fill|stroke|outline|shadow|from|to|via|divide|accent|caret|decoration)-(?:[a-z]+-(?:50|[1-9]00|950)|black|white)\b/;
const NAMED = /\b(?:color|background|background-color|border-color|fill|stroke|outline-color)\s*:\s*(?:red|green|blue|black|white|gr[ae]y|orange|yellow|purple|pink|brown|silver|navy|teal|gold)\b/i;

const withoutComments = (css: string) => css.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));

function cssColours({ text }: Source): [line: number, found: string][] {
  return withoutComments(text).split('\n').flatMap((line, i): [number, string][] => {
    const value = line.slice(line.indexOf(':') + 1);
    const hit = (line.includes(':') ? HEX.exec(value) : null) ?? FUNCTION.exec(line) ?? NAMED.exec(line);
    return hit ? [[i + 1, hit[0]]] : [];
  });
}

/** A string is a colour when it is one as a whole, in a style or in a class name; "#4821" in a sentence is a ticket. */
function colourIn(text: string): string | null {
  const whole = new RegExp(`^${HEX.source}$`, 'i').exec(text.trim());
  const styled = new RegExp(`(?:[:[(,]\\s*)(${HEX.source})`, 'i').exec(text);
  return styled?.[1] ?? (whole ?? FUNCTION.exec(text) ?? PALETTE.exec(text) ?? NAMED.exec(text))?.[0] ?? null;
}

function codeColours(tree: ts.SourceFile): [line: number, found: string][] {
  const found: [number, string][] = [];
  eachNode(tree, (node) => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node) || ts.isJsxText(node);
    const hit = isText ? colourIn(node.text) : null;
    if (hit !== null) found.push([lineOf(tree, node), hit]);
  });
  return found;
}

export function colourBreaches(sources: Source[]): Breach[] {
  return sources.filter(({ path }) => COLOURED.test(path) && !TOKENS.test(path)).flatMap((source) => {
    const hits = source.tree ? codeColours(source.tree) : cssColours(source);
    return hits.map(([line, hit]) => ({ file: `${source.path}:${line}`, rule: 'a colour is a token, never a literal', detail: hit }));
  });
}

// Spelled with gaps, so that this file does not name them either.
const HOSTS = ['registry . npmjs . org', 'registry . yarnpkg . com', 'npm . pkg . github . com', 'pypi . org', 'proxy . golang . org', 'static . crates . io'].map((host) => host.replaceAll(' ', ''));

export function hostBreaches(sources: Source[]): Breach[] {
  return sources.flatMap(({ path, text }) => HOSTS.filter((host) => text.includes(host))
    .map((host) => ({ file: path, rule: 'no address of a package registry in the repository', detail: host })));
}
