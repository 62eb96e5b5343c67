import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Article, ArticleText } from '../../../protocol';

/** A Markdown file as an article's text in one language. */
export interface MarkdownFile {
  path: string;
  /** The same for all languages of an article, so that it is recognised when it comes again. */
  stem: string;
  slug: string;
  locale: string | null;
  category: string;
  audience: Article['audience'] | null;
  confidence: Article['confidence'] | null;
  /** Null: it does not say. */
  governance: Article['governance'] | null;
  products: string[] | null;
  versions: string[] | null;
  /** Keys of the brands it belongs to; null: it does not say. */
  brands: string[] | null;
  text: Omit<ArticleText, 'locale'>;
}

const languageTag = /^(?:[a-z]{2}|[a-z]{3}|zh-Han[st]|[a-z]{2}-[A-Z]{2})$/;
const languages = new Set('ar bg ca cs da de el en es et fi fr he hi hr hu id it ja ko lt lv ms nb nl no pl pt ro ru sk sl sr sv th tr uk vi zh'.split(' '));
const isLanguage = (part: string): boolean => languageTag.test(part) && languages.has(part.split('-')[0] ?? '');
const audiences: readonly string[] = ['internal', 'partners', 'customers', 'public'];
const confidences: readonly string[] = ['draft', 'not-validated', 'validated', 'archived'];
const longestTitle = 300;
const longestBody = 200_000;

/** Splits "key: value" lines between two lines of dashes from the text below them; the lines of a list below a key are joined by commas. */
export function frontMatter(whole: string): { fields: Map<string, string>; body: string } {
  const text = whole.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const found = /^---\n([\s\S]*?)\n---[ \t]*(?:\n|$)/.exec(text);
  const fields = new Map<string, string>();
  let last = '';
  for (const line of (found?.[1] ?? '').split('\n')) {
    const [, key, value] = /^([\w-]+)\s*:\s*(.*)$/.exec(line) ?? [];
    const [, item] = /^\s*-\s+(.+)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) fields.set((last = key.toLowerCase()), unquoted(value.trim()));
    else if (item !== undefined && last !== '') fields.set(last, [fields.get(last), item.trim()].filter(Boolean).join(', '));
  }
  return { fields, body: found ? text.slice(found[0].length) : text };
}

function unquoted(value: string): string {
  if (/^".*"$/s.test(value)) {
    try {
      return String(JSON.parse(value));
    } catch {
      return value.slice(1, -1);
    }
  }
  return /^'.*'$/s.test(value) ? value.slice(1, -1).replaceAll("''", "'") : value;
}

/** Where a file belongs: "shop/returns.ko.md" and "ko/shop/returns.md" are the Korean text of "shop/returns". */
export function placeOf(path: string): { stem: string; locale: string | null; folder: string } {
  const parts = path.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '').replace(/\.(?:md|markdown)$/i, '').split('/');
  const name = parts.pop() ?? '';
  const [, base, tail] = /^(.+)\.([A-Za-z-]{2,7})$/.exec(name) ?? [];
  const named = tail !== undefined && isLanguage(tail) ? tail : null;
  const at = named === null ? parts.findIndex(isLanguage) : -1;
  const locale = named ?? parts[at] ?? null;
  const folders = at < 0 ? parts : parts.filter((_, i) => i !== at);
  return { stem: [...folders, named === null ? name : (base ?? name)].join('/'), locale, folder: folders.at(-1) ?? '' };
}

/** A part of an address that stays the same however often a file is imported. */
export function slugOfStem(stem: string): string {
  const words = (stem.split('/').at(-1) ?? '').normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 80);
  return `${words === '' ? 'article' : words}-${createHash('sha256').update(stem).digest('hex').slice(0, 10)}`;
}

/** Reads one file. 'empty': nothing in it; 'too-long': more than an article may hold. */
export function readMarkdown(path: string, whole: string): MarkdownFile | 'empty' | 'too-long' {
  const { fields, body: below } = frontMatter(whole);
  const { stem, locale, folder } = placeOf(path);
  const heading = /^\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)/.exec(below);
  const title = (fields.get('title') || heading?.[1] || (stem.split('/').at(-1) ?? '').replace(/[-_]+/g, ' ')).trim().slice(0, longestTitle);
  const body = (heading && (!fields.get('title') || fields.get('title') === heading[1]) ? below.slice(heading[0].length) : below).trim();
  if (body === '' && !heading) return 'empty';
  if (body.length > longestBody) return 'too-long';
  const said = fields.get('locale') ?? fields.get('lang') ?? fields.get('language') ?? '';
  const known = <T extends string>(value: string | undefined, all: readonly string[]): T | null => (value !== undefined && all.includes(value) ? (value as T) : null);
  const listed = (name: string, longest: number): string[] | null => (fields.has(name) ? listOf(fields.get(name) ?? '').map((one) => one.slice(0, longest)) : null);
  return {
    path, stem, slug: fields.get('slug')?.slice(0, 120) || slugOfStem(stem), locale: /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/.test(said) ? said : locale, category: (fields.get('category') ?? folder).slice(0, 80),
    audience: known(fields.get('audience'), audiences), confidence: known(fields.get('confidence'), confidences), governance: known(fields.get('governance'), ['experience', 'compliance']), products: listed('products', 80), versions: listed('versions', 40), brands: listed('brands', 40), text: { title, body, keywords: listOf(fields.get('keywords') ?? fields.get('tags') ?? '').map((word) => word.slice(0, 60)) },
  };
}

// As it is exported, commas inside quotation marks belong to the word; people write lists without marks.
const parted = (value: string): string[] => [...value.replace(/^\[|\]$/g, '').matchAll(/\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]*)\s*(?:,|$)/g)].map((match) => match[1] ?? '');
const listOf = (value: string): string[] => parted(value).map((each) => unquoted(each.trim()).slice(0, 80)).filter(Boolean).slice(0, 50);

const link = /(!?\[[^\]]*\]\(\s*<?)([^)\s>]+)(>?[^)]*\))/g;

/** Lets links between the files lead to the articles, and pictures to their uploaded copies. `lost` hears of pictures that are not there. */
export function relink(file: MarkdownFile, locale: string, { pictures, lost }: { pictures: Readonly<Record<string, string>>; lost: (path: string) => void }): string {
  return file.text.body.replace(link, (...match: string[]) => {
    const [whole = '', before = '', href = '', after = ''] = match;
    // As an export names it; where nothing was uploaded for it, it is one that is here already.
    const taken = pictures[href.slice(1)];
    if (taken && href.startsWith('/files/')) return `${before}/files/${taken}${after}`;
    if (/^(?:[a-z][a-z0-9+.-]*:|\/|#)/i.test(href)) return whole;
    const [bare = '', mark = ''] = href.split(/(?=[#?])/);
    const target = posix.normalize(posix.join(posix.dirname(file.path.replaceAll('\\', '/')), decode(bare)));
    if (/\.(?:md|markdown)$/i.test(bare)) return `${before}/help/${locale.split('-')[0] ?? locale}/articles/${slugOfStem(placeOf(target).stem)}${mark}${after}`;
    if (!before.startsWith('!')) return whole;
    const id = pictures[target];
    if (id) return `${before}/files/${id}${after}`;
    lost(target);
    return whole;
  });
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Paths of the pictures a file shows, inside the folder. */
export function picturesOf(file: MarkdownFile): string[] {
  const found: string[] = [];
  relink(file, 'en', { pictures: {}, lost: (path) => found.push(path) });
  return found;
}

const list = (words: readonly string[]): string => `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;

/** One language of an article as a file that can be imported again. */
export function writeMarkdown(article: Pick<Article, 'slug' | 'category' | 'audience' | 'confidence'> & Partial<Pick<Article, 'governance' | 'products' | 'versions'>>, brands: readonly string[], text: ArticleText): string {
  const fields = { title: JSON.stringify(text.title), slug: article.slug, locale: text.locale, category: JSON.stringify(article.category), audience: article.audience, confidence: article.confidence, governance: article.governance ?? 'experience', products: list(article.products ?? []), versions: list(article.versions ?? []), brands: `[${brands.join(', ')}]`, keywords: list(text.keywords) };
  return `---\n${Object.entries(fields).map(([key, value]) => `${key}: ${value}`).join('\n')}\n---\n\n${text.body}\n`;
}
