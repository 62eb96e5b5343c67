import { useEffect, useState } from 'preact/hooks';
import { useApp, useStore } from '../frame/app';
import { useAsked } from '../frame/asked';
import type { Found } from '../frame/store';
import { withMarks } from '../frame/rich';
import { waitText } from '../frame/tongue';
import { ChatIcon, MailIcon, NextIcon, SearchIcon } from './icons';
import { Oops, Waiting } from './parts';

const PAUSE = 180;

export function Home() {
  const { t, refresh, store } = useApp();
  const settings = useStore((state) => state.settings);
  const question = useStore((state) => state.question);
  if (settings.is === 'failed') return <div class="page"><Oops text={t('loadFailed')} retry={() => void refresh()} /></div>;
  return (
    <>
      <div class="page">
        <h2><bdi>{settings.is === 'there' ? settings.value.title : t('hello')}</bdi></h2>
        <div class="search">
          <SearchIcon />
          <input type="search" data-focus data-testid="tl-question" dir="auto" maxLength={500} autocomplete="off" enterKeyHint="search"
            aria-label={t('question')} placeholder={t('questionHint')} value={question}
            onInput={(event) => store.set({ question: event.currentTarget.value })} />
        </div>
        {question.trim() ? <Results question={question.trim()} /> : <Popular />}
      </div>
      <People />
    </>
  );
}

function Results({ question }: { question: string }) {
  const { t, help, locale } = useApp();
  const [asked, setAsked] = useState('');
  const [last, setLast] = useState<Found | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(question), PAUSE);
    return () => clearTimeout(timer);
  }, [question]);
  const [found, retry] = useAsked(() => (asked ? help.search(asked) : new Promise<Found>(() => undefined)), [asked]);
  useEffect(() => {
    if (found.is === 'there') setLast(found.value);
  }, [found]);
  // While one types on, the former answers stay: nothing jumps.
  const value = found.is === 'there' ? found.value : last;
  if (found.is === 'failed') return <Oops text={t('searchFailed')} retry={retry} />;
  if (!value) return <Waiting />;
  return (
    <section aria-label={t('results')}>
      <p class="hidden" role="status">{t('found', { n: value.hits.length })}</p>
      {value.hits.length === 0 && <p class="quiet">{t('nothingFound')}</p>}
      {value.otherLanguage && value.hits.length > 0 && <p class="quiet">{t('otherLanguage')}</p>}
      <ul class="list">
        {value.hits.map((hit) => (
          <Row key={hit.articleId} id={hit.articleId} guide={hit.kind === 'guide'} testid="tl-result" lang={hit.locale === locale ? undefined : hit.locale} title={hit.title}>
            <span class="passage" dir="auto">{withMarks(hit.passage.text, hit.passage.marks)}</span>
          </Row>
        ))}
      </ul>
      {value.answers && value.hits.length > 0 && <Written key={asked} question={asked} />}
    </section>
  );
}

/** An answer written from the articles, once it is asked for. */
function Written({ question }: { question: string }) {
  const [wanted, want] = useState(false);
  const { t } = useApp();
  return wanted ? <Answer question={question} /> : <button type="button" class="secondary" data-testid="tl-answer-ask" onClick={() => want(true)}>{t('written')}</button>;
}

function Answer({ question }: { question: string }) {
  const { t, help } = useApp();
  const [found, retry] = useAsked(() => help.answer(question), [question]);
  if (found.is === 'failed') return <Oops text={t('searchFailed')} retry={retry} />;
  if (found.is !== 'there') return <Waiting />;
  const { state, sentences, sources } = found.value;
  return (
    <section role="status" data-testid="tl-written">
      <p dir="auto">{state === 'answered' ? sentences.map(({ text, sources: from }) => `${text} ${from.map((number) => `[${number}]`).join('')} `) : t(state === 'unknown' ? 'writtenUnknown' : 'searchFailed')}</p>
      <ul class="list">{sources.map(({ number, articleId, kind, title }) => <Row key={articleId} id={articleId} guide={kind === 'guide'} testid="tl-source" title={`[${number}] ${title}`} />)}</ul>
    </section>
  );
}

function Popular() {
  const { t, help } = useApp();
  const [guides] = useAsked(() => help.guides(), []);
  const [found, retry] = useAsked(() => help.popular(), []);
  const offered = guides.is === 'there' ? guides.value.rows.slice(0, 3) : [];
  if (found.is === 'failed') return <Oops text={t('loadFailed')} retry={retry} />;
  if (found.is !== 'there') return <Waiting />;
  return (
    <>
    {offered.length > 0 && (
      <section aria-labelledby="tl-guides">
        <h3 id="tl-guides" class="label">{t('guides')}</h3>
        <ul class="list">{offered.map(({ id, title }) => <Row key={id} id={id} guide testid="tl-guide" title={title} />)}</ul>
      </section>
    )}
    {found.value.rows.length > 0 && <section aria-labelledby="tl-popular">
      <h3 id="tl-popular" class="label">{t('popular')}</h3>
      <ul class="list">{found.value.rows.slice(0, 4).map(({ id, title }) => <Row key={id} id={id} testid="tl-popular" title={title} />)}</ul>
    </section>}
    </>
  );
}

function Row({ id, title, testid, lang, guide, children }: { id: string; title: string; testid: string; guide?: boolean; lang?: string | undefined; children?: preact.ComponentChildren }) {
  const { store, go } = useApp();
  const show = () => {
    store.set(guide ? { guideId: id } : { articleId: id });
    go(guide ? 'guide' : 'article');
  };
  return (
    <li>
      <button type="button" class="row" data-testid={testid} lang={lang} onClick={show}>
        <span class="grow"><span class="title"><bdi>{title}</bdi></span>{children}</span>
        <NextIcon />
      </button>
    </li>
  );
}

/** The way to people; always in sight. */
export function People() {
  const { t, talk, go } = useApp();
  const settings = useStore((state) => state.settings);
  const phase = useStore((state) => state.chat.phase);
  const unread = useStore((state) => state.unread);
  if (phase === 'waiting' || phase === 'active') {
    return <footer class="foot"><button type="button" class="primary wide" data-testid="tl-talk" onClick={() => go('chat')}><ChatIcon /><span>{t('resume')}</span>{unread > 0 && <span class="count">{unread}</span>}</button></footer>;
  }
  if (settings.is !== 'there') return null;
  const { online, expectedWait } = settings.value;
  const wait = waitText(t, expectedWait);
  return (
    <footer class="foot">
      {online
        ? <button type="button" class="primary wide" data-testid="tl-talk" onClick={talk}><ChatIcon /><span>{t('talk')}</span>{wait && <span class="aside">· {wait}</span>}</button>
        : <button type="button" class="primary wide" data-testid="tl-talk" onClick={() => go('letter')}><MailIcon /><span>{t('write')}</span></button>}
      {!online && <p class="quiet">{t('writeHint')}</p>}
    </footer>
  );
}
