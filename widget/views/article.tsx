import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp, useStore } from '../frame/app';
import { useAsked } from '../frame/asked';
import { rich } from '../frame/rich';
import { People } from './home';
import { Oops, Waiting } from './parts';

export function Article() {
  const { t, help, locale, origin } = useApp();
  const id = useStore((state) => state.articleId) ?? '';
  const [found, retry] = useAsked(() => help.article(id), [id]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [found.is]);
  return (
    <>
      <div class="page" tabIndex={0} role="region" aria-label={found.is === 'there' ? found.value.title : t('results')}>
        {found.is === 'failed' && <Oops text={t('loadFailed')} retry={retry} />}
        {found.is === 'busy' && <Waiting />}
        {found.is === 'there' && (
          <article lang={found.value.locale === locale ? undefined : found.value.locale} dir="auto">
            <h2 ref={heading} tabIndex={-1}>{found.value.title}</h2>
            {found.value.otherLanguage && <p class="quiet" lang={locale}>{t('otherLanguageArticle')}</p>}
            <div class="prose">{rich(found.value.html, origin)}</div>
          </article>
        )}
        {found.is === 'there' && <Vote id={id} key={id} />}
      </div>
      <People />
    </>
  );
}

function Vote({ id }: { id: string }) {
  const { t, help } = useApp();
  const [voted, setVoted] = useState<boolean | null>(null);
  const vote = (helpful: boolean) => {
    setVoted(helpful);
    help.vote(id, helpful).catch(() => undefined);
  };
  if (voted !== null) return <p class="vote" role="status">{voted ? t('thanks') : t('askInstead')}</p>;
  return (
    <div class="vote" role="group" aria-labelledby="tl-helped">
      <span id="tl-helped">{t('helped')}</span>
      <button type="button" class="secondary" onClick={() => vote(true)}>{t('yes')}</button>
      <button type="button" class="secondary" onClick={() => vote(false)}>{t('no')}</button>
    </div>
  );
}
