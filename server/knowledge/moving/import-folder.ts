import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { newId, type Actor, type Ctx } from '../../kernel';
import type { ArticleImportDoc } from './article-import.model';
import { filesIn } from '../pictures';
import { beginImport, endImport, importFiles } from './import-articles';
import { picturesOf, placeOf, readMarkdown } from './markdown-file';

const markdown = /\.(?:md|markdown)$/i;
const types: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp' };
const batch = 200;

/** Paths of the Markdown files of a folder, the languages of an article next to each other. */
export async function markdownIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile() && markdown.test(entry.name)).map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  return paths.filter((path) => !path.split('/').some((part) => part.startsWith('.') || part === 'node_modules')).map((path) => ({ path, stem: placeOf(path).stem })).sort((a, b) => (a.stem < b.stem ? -1 : a.stem > b.stem ? 1 : a.path < b.path ? -1 : 1)).map(({ path }) => path);
}

/** Imports a folder of Markdown with its pictures; `progress` hears after every batch. */
export async function importFolder(ctx: Ctx, actor: Actor, { folder, progress, ...asked }: { folder: string; progress: (row: ArticleImportDoc) => void } & Pick<ArticleImportDoc, 'audience' | 'confidence' | 'locale'>): Promise<ArticleImportDoc> {
  const paths = await markdownIn(folder);
  if (paths.length === 0) throw new Error(`There is no Markdown file (.md) in ${folder}`);
  const { _id: id } = await beginImport(ctx, actor, { ...asked, total: paths.length });
  for (const part of batches(paths)) {
    const files = await Promise.all(part.map(async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') })));
    progress(await importFiles(ctx, actor, { id, files, pictures: await storePictures(ctx, folder, files) }));
  }
  return endImport(ctx, id);
}

/** Cuts a sorted list of paths into batches that keep the languages of an article together. */
export function* batches(paths: readonly string[]): Generator<string[]> {
  let part: string[] = [];
  for (const path of paths) {
    if (part.length >= batch && placeOf(part.at(-1) ?? '').stem !== placeOf(path).stem) {
      yield part;
      part = [];
    }
    part.push(path);
  }
  if (part.length > 0) yield part;
}

async function storePictures(ctx: Ctx, folder: string, files: readonly { path: string; text: string }[]): Promise<Record<string, string>> {
  const wanted = new Set(files.flatMap(({ path, text }) => { const file = readMarkdown(path, text); return typeof file === 'string' ? [] : picturesOf(file); }));
  const stored = await exportedPictures(ctx, folder, new Set(files.flatMap(({ text }) => filesIn(text))));
  for (const path of wanted) {
    const type = types[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''];
    // What lies outside of the folder is not ours to publish.
    const content = type && !path.startsWith('..') ? await readFile(join(folder, path)).catch(() => null) : null;
    if (type && content) stored[path] = await store(ctx, { name: basename(path), type, content });
  }
  return stored;
}

const store = async ({ blobs, companyId, clock }: Ctx, file: { name: string; type: string; content: Buffer }): Promise<string> =>
  (await blobs.put({ companyId, owner: { kind: 'pending', id: newId() }, ...file, expiresAt: new Date(clock.now() + 86_400_000) }))._id;

/** What an export holds of the files its articles show, where they are not here already. */
async function exportedPictures(ctx: Ctx, folder: string, ids: ReadonlySet<string>): Promise<Record<string, string>> {
  const stored: Record<string, string> = {};
  const there = ids.size === 0 ? [] : await readdir(join(folder, 'files')).catch(() => []);
  for (const name of there) {
    const [id = '', extension = ''] = name.split('.');
    if (!ids.has(id) || (await ctx.blobs.info(ctx.companyId, id))) continue;
    stored[`files/${id}`] = await store(ctx, { name, type: types[extension.toLowerCase()] ?? 'application/octet-stream', content: await readFile(join(folder, 'files', name)) });
  }
  return stored;
}
