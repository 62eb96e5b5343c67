import { useMutation } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useLocation } from 'wouter';
import { knowledgeEndpoints, type Article, type ArticleText } from '../../../protocol/knowledge';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { allows } from '../../api/shared';
import { cx } from '../../lib/cx';
import { languageName, useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Segments, Select, TextArea, TextField } from '../../ui/field';
import { Menu, MenuItem } from '../../ui/menu';
import { toast } from '../../ui/toast';
import { ArticleTools } from './article-tools';
import { BrandTicks } from './brands';
import { offeredLanguages } from './filters';
import { Placing, WordsField } from './placing';

const Preview = lazy(() => import('./preview').then((file) => ({ default: file.Preview })));
const audiences = ['public', 'customers', 'partners', 'internal'] as const;
const stages = ['draft', 'not-validated', 'validated', 'archived'] as const;
type Form = Pick<Article, 'category' | 'audience' | 'confidence' | 'governance' | 'products' | 'versions' | 'brandIds' | 'texts'>;
const blank = (locale: string): ArticleText => ({ locale, title: '', body: '', keywords: [] });
const formOf = ({ category, audience, confidence, governance, products, versions, brandIds, texts }: Form): Form => ({ category, audience, confidence, governance, products, versions, brandIds, texts });

function useSaving(article: Article | null, form: Form) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return useMutation({
    mutationFn: () => {
      const body = { ...form, texts: form.texts.filter((text) => text.title.trim() || text.body.trim()) };
      return article ? call(knowledgeEndpoints.change, { params: { id: article.id }, body: { ...body, version: article.version } }) : call(knowledgeEndpoints.add, { body });
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(keys.article(saved.id), saved);
      void queryClient.invalidateQueries({ queryKey: ['articles'] });
      toast(t('done.saved'));
      if (!article) go(`/knowledge/${saved.id}`);
    },
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
}

interface LanguagesProps { texts: ArticleText[]; at: number; choose: (at: number) => void; add: (locale: string) => void }

function Languages({ texts, at, choose, add }: LanguagesProps) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-wrap items-center gap-1 border-b border-line">
      <div role="tablist" aria-label={t('knowledge.languages')} className="flex flex-wrap gap-1">{texts.map((text, index) => <button key={text.locale} type="button" role="tab" aria-selected={index === at} className={cx('-mb-px h-9 border-b-2 px-2 text-md', index === at ? 'border-accent font-medium text-accent' : 'border-transparent text-muted hover:text-ink')} onClick={() => choose(index)}>{languageName(text.locale)}</button>)}</div>
      <Menu label={t('knowledge.add-language')} trigger={<Button small look="quiet"><Plus size={14} aria-hidden />{t('knowledge.add-language')}</Button>}>
        {offeredLanguages.filter((tag) => !texts.some((text) => text.locale === tag)).map((tag) => <MenuItem key={tag} onSelect={() => add(tag)}>{languageName(tag)}</MenuItem>)}
      </Menu>
    </div>
  );
}

/** Writes one article in its languages, with the result beside the source. */
export function ArticleEditor({ article }: { article: Article | null }) {
  const { t, language } = useTranslation();
  const [form, setForm] = useState<Form>(() => (article ? formOf(article) : { category: '', audience: 'public', confidence: 'draft', governance: 'experience', products: [], versions: [], brandIds: [], texts: [blank(language.split('-')[0] ?? 'en')] }));
  const [at, setAt] = useState(0);
  const [pane, setPane] = useState<'write' | 'both' | 'read'>(article ? 'read' : 'both');
  const save = useSaving(article, form);
  const text = form.texts[at] ?? blank('en');
  const may = article === null || allows(article.can, 'article.write');
  const write = (change: Partial<ArticleText>) => setForm((old) => ({ ...old, texts: old.texts.map((one, index) => (index === at ? { ...one, ...change } : one)) }));
  const shown = may ? pane : 'read';
  return (
    <form className="mx-auto grid max-w-[1040px] gap-4 px-4 py-6 sm:px-8" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <header className="flex items-start gap-4">
        <h1 className="min-w-0 flex-1 text-xl font-semibold"><bdi>{text.title || t('knowledge.untitled')}</bdi></h1>
        {may ? <Button look="primary" type="submit" disabled={save.isPending || !form.texts.some((one) => one.title.trim())}>{t('save')}</Button> : null}
      </header>
      {article ? <p className="-mt-3 text-sm text-muted">{t('knowledge.facts', { version: article.version, views: article.views, helpful: article.helpful, unhelpful: article.unhelpful })}</p> : null}
      {may ? (
        <div className="flex flex-wrap items-end gap-4">
          <Select label={t('knowledge.stage')} value={form.confidence} onChange={(event) => setForm({ ...form, confidence: event.target.value as Form['confidence'] })}>{stages.map((one) => <option key={one} value={one}>{t(`confidence.${one}`)}</option>)}</Select>
          <Select label={t('knowledge.audience')} value={form.audience} onChange={(event) => setForm({ ...form, audience: event.target.value as Form['audience'] })}>{audiences.map((one) => <option key={one} value={one}>{t(`audience.${one}`)}</option>)}</Select>
          <div className="w-44"><TextField label={t('knowledge.category')} value={form.category} onChange={(event) => setForm({ ...form, category: event.target.value })} /></div>
          <Segments label={t('knowledge.show')} value={pane} onChange={setPane} options={(['write', 'both', 'read'] as const).map((value) => ({ value, label: t(`knowledge.${value}`) }))} />
          <Placing placed={form} onChange={(change) => setForm((old) => ({ ...old, ...change }))} />
          <BrandTicks chosen={form.brandIds} onChange={(brandIds) => setForm({ ...form, brandIds })} />
        </div>
      ) : null}
      <Languages texts={form.texts} at={at} choose={setAt} add={(locale) => { setForm({ ...form, texts: [...form.texts, blank(locale)] }); setAt(form.texts.length); setPane('both'); }} />
      <div className={cx('grid gap-6', shown === 'both' && 'lg:grid-cols-2')}>
        {shown === 'read' ? null : (
          <div className="grid content-start gap-4" lang={text.locale}>
            <TextField label={t('knowledge.title')} dir="auto" maxLength={300} value={text.title} onChange={(event) => write({ title: event.target.value })} />
            <div className="-mx-2 -mb-3"><ArticleTools body={text.body} locale={text.locale} write={(body) => write({ body })} /></div>
            <TextArea label={t('knowledge.body')} hint={t('knowledge.markdown')} dir="auto" rows={18} className="font-mono text-sm" value={text.body} onChange={(event) => write({ body: event.target.value })} />
            <WordsField label={t('knowledge.keywords')} hint={t('knowledge.keywords.hint')} words={text.keywords} onChange={(keywords) => write({ keywords })} />
          </div>
        )}
        {shown === 'write' ? null : <Suspense fallback={null}><Preview text={text} /></Suspense>}
      </div>
    </form>
  );
}
