import { useEffect, useRef } from 'preact/hooks';
import type { FunctionComponent } from 'preact';
import { Provide, useApp, useStore } from '../frame/app';
import type { App } from '../frame/app';
import type { View } from '../frame/store';
import { Article } from './article';
import { Before } from './before';
import { Chat, EndChat } from './chat';
import { Consent } from './consent';
import { Greeting } from './greeting';
import { Guide } from './guide';
import { Home } from './home';
import { BackIcon, CloseIcon } from './icons';
import { Letter } from './letter';

const views: Record<View, FunctionComponent> = { home: Home, article: Article, guide: Guide, before: Before, chat: Chat, letter: Letter };
const FOCUSABLE = 'button:not([disabled]),a[href],input,textarea,[tabindex="0"]';

export const Root = ({ app }: { app: App }) => (
  <Provide value={app}>
    <Greeting />
    <Panel />
  </Provide>
);

function Panel() {
  const { t } = useApp();
  const open = useStore((state) => state.open);
  const view = useStore((state) => state.view);
  const agreed = useStore((state) => state.agreed);
  const panel = useRef<HTMLDivElement>(null);
  const used = useRef(false);
  used.current ||= open;
  useEffect(() => {
    if (!open) return;
    const found = panel.current?.querySelector<HTMLElement>('[data-focus]') ?? panel.current?.querySelector<HTMLElement>('h2');
    found?.focus({ preventScroll: true });
  }, [open, view, agreed]);
  const Body = agreed ? views[view] : Consent;
  return (
    <div class="panel" role="dialog" aria-label={t('dialog')} data-testid="tl-panel" hidden={!open} ref={panel} onKeyDown={(event) => stay(event, panel.current)}>
      {used.current && <Header />}
      {used.current && <Body />}
    </div>
  );
}

/** On a phone the panel covers the page, so the Tab key stays inside. */
function stay(event: KeyboardEvent, panel: HTMLElement | null) {
  if (event.key !== 'Tab' || !panel || panel.offsetWidth < innerWidth) return;
  const stops = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((one) => one.offsetParent);
  const here = (panel.getRootNode() as ShadowRoot).activeElement;
  const [edge, other] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (here !== edge) return;
  event.preventDefault();
  other?.focus();
}

function Header() {
  const { t, go, close, origin } = useApp();
  const view = useStore((state) => state.view);
  const settings = useStore((state) => state.settings);
  return (
    <header class="bar">
      {view !== 'home' && <button type="button" class="round" aria-label={t('back')} onClick={() => go('home')}><BackIcon /></button>}
      {settings.is === 'there' && settings.value.logoUrl && <img class="logo" src={origin + settings.value.logoUrl} alt="" onError={(event) => event.currentTarget.remove()} />}
      <span class="company"><bdi>{settings.is === 'there' && settings.value.company}</bdi></span>
      {view === 'chat' && <EndChat />}
      <button type="button" class="round" aria-label={t('close')} onClick={close}><CloseIcon /></button>
    </header>
  );
}
