import type { Article } from '../../../protocol/knowledge';
import { languageName, useTranslation } from '../../lib/i18n';
import { Select, TextField } from '../../ui/field';
import { useBrands } from './brands';
import { useKnowledgeSettings } from './placing';

/** Languages articles are offered in. */
export const offeredLanguages = ['en', 'ko', 'zh', 'ja', 'de', 'es', 'fr', 'pt'];
const audiences = ['public', 'customers', 'partners', 'internal'] as const;
const gone = 'gone';

/** What a list of articles is narrowed to; empty: everything. */
export interface ArticleFilter {
  brandId: string;
  product: string;
  version: string;
  audience: Article['audience'] | '';
  locale: string;
}

export const everything: ArticleFilter = { brandId: '', product: '', version: '', audience: '', locale: '' };

/** The filter as the endpoint asks for it. */
export function queryOf({ brandId, product, version, audience, locale }: ArticleFilter) {
  return { ...(brandId === gone ? { gone: 'brand' as const } : brandId ? { brandId } : {}), ...(product ? { product } : {}), ...(version.trim() ? { version: version.trim() } : {}), ...(audience ? { audience } : {}), ...(locale ? { locale } : {}) };
}

/** Narrows a list of articles by what they are about, for whom, and in which language they are. */
export function ArticleFilters({ filter, onChange }: { filter: ArticleFilter; onChange: (filter: ArticleFilter) => void }) {
  const { t } = useTranslation();
  const brands = useBrands() ?? [];
  const products = useKnowledgeSettings().data?.products ?? [];
  const set = (change: Partial<ArticleFilter>) => onChange({ ...filter, ...change });
  const count = Object.values(filter).filter(Boolean).length;
  return (
    <details className="border-b border-line px-3 py-1" data-testid="article-filters">
      <summary className="fold rounded-sm text-sm text-soft">{t('knowledge.filter')}{count > 0 ? <span className="ms-1 tnum text-muted">{count}</span> : null}</summary>
      <div className="grid gap-2 py-2">
        {products.length > 0 ? <Select label={t('knowledge.product')} value={filter.product} onChange={(event) => set({ product: event.target.value })}><option value="">{t('knowledge.product.all')}</option>{products.map((one) => <option key={one} value={one}>{one}</option>)}</Select> : null}
        {products.length > 0 ? <TextField label={t('knowledge.version')} maxLength={40} value={filter.version} onChange={(event) => set({ version: event.target.value })} /> : null}
        <Select label={t('knowledge.audience')} value={filter.audience} onChange={(event) => set({ audience: event.target.value as ArticleFilter['audience'] })}><option value="">{t('knowledge.audience.all')}</option>{audiences.map((one) => <option key={one} value={one}>{t(`audience.${one}`)}</option>)}</Select>
        <Select label={t('knowledge.languages')} value={filter.locale} onChange={(event) => set({ locale: event.target.value })}><option value="">{t('knowledge.languages.all')}</option>{offeredLanguages.map((one) => <option key={one} value={one}>{languageName(one)}</option>)}</Select>
        <Select label={t('settings.brands')} value={filter.brandId} onChange={(event) => set({ brandId: event.target.value })}><option value="">{t('knowledge.brands.all')}</option>{brands.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}<option value={gone}>{t('knowledge.brands.gone')}</option></Select>
      </div>
    </details>
  );
}
