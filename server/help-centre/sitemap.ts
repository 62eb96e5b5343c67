import { escapeHtml, type Ctx } from '../kernel';
import { publicArticles, publicCategories, publicGuides } from '../knowledge';
import { addressOf } from './page';
import { tongues } from './words';

const most = 45_000;

/** Every page that is public at a brand (null: at the company itself) in every language it exists in, with the same page in the others. */
export async function sitemap(ctx: Ctx, origin: string, brandId: string | null): Promise<string> {
  const reader = { brandId, audience: 'public' as const };
  const [articles, categories, guides] = await Promise.all([publicArticles(ctx, { locale: 'en', limit: most, ...reader }), publicCategories(ctx, reader), publicGuides(ctx.companyId, brandId)]);
  const pages = [
    { path: '', locales: [...tongues] as string[], at: null as Date | null }, { path: '/reach', locales: [...tongues], at: null },
    ...categories.map(({ name }) => ({ path: `/topics/${encodeURIComponent(name)}`, locales: [...tongues], at: null })),
    ...guides.map(({ guide, graph }) => ({ path: `/guides/${guide._id}`, locales: graph.locales, at: guide.updatedAt })),
    ...articles.map((article) => ({ path: `/articles/${encodeURIComponent(article.slug)}`, locales: article.locales.map((locale) => locale.split('-')[0] ?? locale), at: article.updatedAt })),
  ];
  const urls = pages.flatMap(({ path, locales, at }) => {
    const own = [...new Set(locales)].filter((locale) => (tongues as readonly string[]).includes(locale));
    const links = own.map((locale) => `<xhtml:link rel="alternate" hreflang="${locale}" href="${escapeHtml(origin + addressOf(locale, path))}"/>`).join('');
    return own.map((locale) => `<url><loc>${escapeHtml(origin + addressOf(locale, path))}</loc>${at ? `<lastmod>${at.toISOString()}</lastmod>` : ''}${links}</url>`);
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">${urls.slice(0, most).join('\n')}</urlset>`;
}
