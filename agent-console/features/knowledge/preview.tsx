import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';
import { useDeferredValue, useMemo } from 'react';
import { shownMarkdown } from '../../../protocol/article-parts';
import type { ArticleText } from '../../../protocol/knowledge';
import { useTranslation } from '../../lib/i18n';

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false });

/** The article as its readers will see it. */
export function Preview({ text }: { text: ArticleText }) {
  const { t } = useTranslation();
  const body = useDeferredValue(text.body);
  const html = useMemo(() => DOMPurify.sanitize(markdown.render(shownMarkdown(body, text.locale))), [body, text.locale]);
  return (
    <section aria-label={t('knowledge.read')} lang={text.locale} dir="auto" className="min-w-0">
      {body.trim() ? <div className="markdown max-w-[70ch] text-md break-words" dangerouslySetInnerHTML={{ __html: html }} /> : <p className="text-md text-muted">{t('knowledge.nothing')}</p>}
    </section>
  );
}
