import type { Ctx } from '../kernel';
import { Articles, type ArticleDoc } from './article.model';
import { belongsTo } from './search';
import { publishedGuides } from './guides';

const link = /!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)/g;

/** Where the links and pictures of a Markdown text lead. */
export const linksIn = (markdown: string): string[] => [...markdown.matchAll(link)].map((match) => match[1] ?? '').filter(Boolean);

type Brands = readonly string[] | undefined;
/** Whether readers of everything that `from` belongs to may see `to`. */
const reaches = (from: Brands, to: Brands): boolean => (from?.length ? from : [null]).every((brandId) => belongsTo(to, brandId));

/** Links between articles, guides and files that lead nowhere, or to what belongs to other brands than the article itself. Other sites are counted, not visited. */
export async function brokenLinks(ctx: Ctx): Promise<{ rows: { articleId: string; locale: string; href: string }[]; checked: number; outside: number }> {
  const articles = await Articles.find({ companyId: ctx.companyId, confidence: { $ne: 'archived' } }).select('slug texts brandIds').lean<ArticleDoc[]>();
  const slugs = new Map(articles.map((article) => [article.slug, article.brandIds ?? []]));
  const guides = new Map((await publishedGuides(ctx.companyId)).map(({ guide }) => [guide._id, guide.brandIds ?? []]));
  const rows: { articleId: string; locale: string; href: string }[] = [];
  let [checked, outside] = [0, 0];
  for (const article of articles) {
    for (const text of article.texts) {
      for (const href of linksIn(text.body)) {
        const inside = href.startsWith(ctx.publicUrl) ? href.slice(ctx.publicUrl.length) : href;
        if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(inside)) outside += 1;
        else {
          checked += 1;
          if (!(await leads(ctx, inside, { slugs, guides, from: article.brandIds }))) rows.push({ articleId: article._id, locale: text.locale, href });
        }
      }
    }
  }
  return { rows, checked, outside };
}

async function leads(ctx: Ctx, href: string, { slugs, guides, from }: { slugs: ReadonlyMap<string, Brands>; guides: ReadonlyMap<string, Brands>; from: Brands }): Promise<boolean> {
  const path = decodeURI(href.split(/[?#]/)[0] ?? '');
  const [, article] = /^\/help\/\w+\/articles\/(.+)$/.exec(path) ?? [];
  const [, guide] = /^\/help\/\w+\/guides\/([0-9a-f]{24})$/.exec(path) ?? [];
  const [, file] = /^\/files\/([0-9a-f]{24})$/.exec(path) ?? [];
  if (article !== undefined) return slugs.has(article) && reaches(from, slugs.get(article));
  if (guide !== undefined) return guides.has(guide) && reaches(from, guides.get(guide));
  if (file !== undefined) return (await ctx.blobs.info(ctx.companyId, file)) !== null;
  return path === '' || /^\/help(\/\w+(\/(reach|mine|search|topics\/.+))?)?$/.test(path);
}
