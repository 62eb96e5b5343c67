import { z } from 'zod';
import { endpoint } from './endpoint';
import { count, id, moment, text } from './fields';

const path = z.string().min(1).max(500).describe('Path inside the folder, with slashes');

/** How far an import of articles is. */
export const articleImport = z.object({
  id: id('Import'), state: z.enum(['running', 'done']).describe('Whether files still come'), total: count('Files announced'), done: count('Files dealt with'), added: count('Articles added'), changed: count('Articles changed'), same: count('Articles that were like that already'),
  faults: z.array(z.object({ path, why: z.enum(['empty', 'too-long', 'bad-picture', 'unknown-brand']).describe('Nothing in it; text too long; a picture, or a brand, that is not there') })).describe('Files left out and pictures not found; at most 100'), startedAt: moment('When it began'), endedAt: moment('When it ended').nullable(),
});
export type ArticleImport = z.output<typeof articleImport>;

/** A file of an import. */
export const importedFile = z.strictObject({ path, text: text(220_000, 'Markdown, with front matter or without') });
/** A file of an import. */
export type ImportedFile = z.output<typeof importedFile>;

const begin = z.strictObject({
  total: z.int().min(1).max(200_000).describe('How many files will come'), audience: z.enum(['internal', 'partners', 'customers', 'public']).default('internal').describe('For files that do not say'), confidence: z.enum(['draft', 'not-validated', 'validated']).default('draft').describe('For files that do not say'),
  locale: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/).default('en').describe('For files whose name and text do not tell'),
});

const byId = z.strictObject({ id: id('Import') });
/** Endpoints of importing articles; the export is a download at /knowledge-export.zip. */
export const movingEndpoints = {
  begin: endpoint({ name: 'article-import.begin', method: 'POST', path: '/article-imports', summary: 'Begin to import a folder of Markdown; what was imported before is changed, not doubled', audience: 'account', body: begin, response: articleImport }),
  files: endpoint({ name: 'article-import.files', method: 'POST', path: '/article-imports/:id/files', summary: 'Some of its files; all languages of an article in one call', audience: 'account', params: byId,
    body: z.strictObject({ files: z.array(importedFile).min(1).max(500).describe('Files'), pictures: z.record(path, id('Uploaded file')).default({}).describe('Pictures uploaded before, by path') }), response: articleImport }),
  end: endpoint({ name: 'article-import.end', method: 'POST', path: '/article-imports/:id/end', summary: 'No more files come', audience: 'account', params: byId, response: articleImport }),
  read: endpoint({ name: 'article-import.read', method: 'GET', path: '/article-imports/:id', summary: 'How far an import is', audience: 'account', params: byId, response: articleImport }),
};
