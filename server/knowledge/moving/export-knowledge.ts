import { extname } from 'node:path';
import { readWhole, type Ctx } from '../../kernel';
import { Articles, type ArticleDoc } from '../article.model';
import { brandKeys } from '../belonging';
import { ArticleVersions, type ArticleVersionDoc } from '../making';
import { guideFiles } from '../guides';
import { filesIn } from '../pictures';
import { writeMarkdown } from './markdown-file';
import type { ZipFile } from './zip';

const folderOf = (category: string): string => category.normalize('NFC').replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').replace(/^\.+|\.+$/g, '').trim() || 'articles';

/** Everything the knowledge base holds: articles as Markdown by language, pictures and files, earlier versions and guides as JSON. The Markdown can be imported again, here or elsewhere, with its pictures. */
export async function* exportKnowledge(ctx: Ctx): AsyncGenerator<ZipFile> {
  const { companyId } = ctx;
  const pictures = new Set<string>();
  const keysOf = await brandKeys(companyId);
  for await (const article of Articles.find({ companyId }).sort({ slug: 1 }).lean<ArticleDoc[]>().cursor({ batchSize: 200 }) as AsyncIterable<ArticleDoc>) {
    for (const text of article.texts) {
      for (const id of filesIn(text.body)) pictures.add(id);
      yield { path: `articles/${folderOf(article.category)}/${article.slug}.${text.locale}.md`, content: Buffer.from(writeMarkdown(article, keysOf(article.brandIds), text)) };
    }
  }
  for await (const { articleId, version, ...rest } of ArticleVersions.find({ companyId }).sort({ articleId: 1, version: 1 }).lean<ArticleVersionDoc[]>().cursor({ batchSize: 200 }) as AsyncIterable<ArticleVersionDoc>) {
    yield { path: `versions/${articleId}/${version}.json`, content: Buffer.from(JSON.stringify({ articleId, version, at: rest.at, by: rest.by, category: rest.category, audience: rest.audience, confidence: rest.confidence, texts: rest.texts }, null, 1)) };
  }
  for (const { id, file } of await guideFiles(companyId)) yield { path: `guides/${id}.json`, content: Buffer.from(JSON.stringify(file, null, 1)) };
  for (const id of pictures) {
    const info = await ctx.blobs.info(companyId, id);
    if (info?.owner.kind === 'knowledge') yield { path: `files/${id}${extname(info.name).replace(/[^.\w]/g, '')}`, content: await readWhole(ctx.blobs, companyId, id) };
  }
}
