// The script tag. Shows the button, takes commands, and fetches everything else when the visitor first shows intent.
// It is built into a classic script with a scope of its own: nothing may be imported at run time, and import() needs whole addresses because
// the base of such a script may be unknown.
import type { Boot, Frame } from './frame/boot';
import type { Words } from './locales/words';
import css from './launcher.tokens.css?inline';

type Command = [name: string, ...args: unknown[]];

const files = '__FILES__' as unknown as Record<string, string>;
const labels: Record<string, string> = { en: 'Help and chat', ko: '도움말과 채팅', zh: '帮助与咨询', ja: 'ヘルプとチャット', ar: 'المساعدة والدردشة' };
const page = window as unknown as { Trunkline?: ((...command: Command) => void) & { q?: Iterable<unknown>[]; live?: boolean } };
const script = (document.currentScript ?? document.querySelector('script[src*="/widget/trunkline.js"]')) as HTMLScriptElement | null;

const source = script?.src ?? '';
const base = source.replace(/[^/]*$/, '');
const options = script?.dataset ?? {};
const waiting: Command[] = [];
let listeners: [string, unknown][] = [];
let frame: Frame | undefined;
let coming: Promise<void> | undefined;

const known = (tag: string) => (labels[tag.slice(0, 2)] ? tag.slice(0, 2) : '');
const locale = options.locale || document.documentElement.lang;
const shown = known(locale) || known(navigator.language) || 'en';

const make = <K extends keyof HTMLElementTagNameMap>(name: K) => document.createElement(name);
const host = document.createElement('trunkline-widget');
const shadow = host.attachShadow({ mode: 'open' });
const box = make('div');
const launcher = make('button');

const boot: Boot = {
  origin: base && new URL(base).origin, shadow, box, launcher, options, locale,
  addStyles: (text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    shadow.adoptedStyleSheets.push(sheet);
  },
  words: (tag) => import(/* @vite-ignore */ base + files[known(tag) || 'en']).then((module: { words: Words }) => module.words),
  emit: (event, data) => listeners.forEach(([wanted, tell]) => wanted === event && (tell as (data: object) => void)(data)),
};

/** Fetches the rest, once; after a failure the next attempt starts afresh. */
const load = () => {
  coming ??= import(/* @vite-ignore */ base + files.frame)
    .then((module: { start(boot: Boot): Promise<Frame> }) => module.start(boot))
    .then((started) => {
      frame = started;
      waiting.splice(0).forEach(run);
    })
    .catch(() => {
      coming = undefined;
    });
  return coming;
};

const run = (command: Command) => {
  const [name, event, listener] = command;
  if (name === 'on') listeners.push([event as string, listener]);
  else if (name === 'off') listeners = listeners.filter(([e, l]) => e !== event || l !== listener);
  else if (frame) frame.command(name, command.slice(1));
  else {
    waiting.push(command);
    if (/open|toggle|greet/.test(name)) void load();
  }
};

const draw = () => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  path.setAttribute('d', 'M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5Z');
  svg.append(path);
  launcher.append(svg);
};

const dress = () => {
  const { colour } = options;
  box.lang = shown;
  box.dir = options.dir || (/^(ar|fa|he|ur)/.test(locale || shown) ? 'rtl' : 'ltr');
  box.dataset.position = options.position ?? '';
  if (colour) {
    const bits = parseInt(colour.slice(1), 16);
    box.style.setProperty('--brand', colour);
    if ((bits >> 16) * 0.3 + ((bits >> 8) & 255) * 0.6 + (bits & 255) * 0.1 > 150) box.dataset.ink = 'dark';
  }
  launcher.className = 'launcher';
  launcher.type = 'button';
  launcher.dataset.testid = 'tl-launcher';
  launcher.ariaLabel = labels[shown] ?? '';
  launcher.ariaHasPopup = 'dialog';
  launcher.ariaExpanded = 'false';
  if (options.launcher === 'none') launcher.style.display = 'none';
  launcher.onclick = () => run(['toggle']);
  // With consent required, not even a file is fetched before a click.
  if (options.consent == null) launcher.onpointerenter = launcher.onfocus = load;
  box.append(launcher);
  shadow.append(box);
  boot.addStyles(css);
};

/**
 * Into the body as soon as there is one, and again when the page replaces it. A popover lies in the browser's top layer: above every z-index,
 * and outside of whatever transforms, clips or filters the page's own elements.
 */
const attach = () => {
  if (!document.body || host.parentNode === document.body) return;
  host.popover = 'manual';
  document.body.append(host);
  host.showPopover?.();
};

/** A visitor whose chat goes on, or whose panel was open before a reload, has shown intent already. */
const resume = () => {
  const prefix = `trunkline:${new URL(base).host}:`;
  try {
    if (sessionStorage[`${prefix}open`] || localStorage[`${prefix}live`] || (options.greet != null && (options.consent == null || localStorage[`${prefix}agreed`]))) void load();
  } catch { /* storage is blocked: nothing to resume */ }
};

if (base && !page.Trunkline?.live) {
  draw();
  dress();
  const early = page.Trunkline?.q ?? [];
  page.Trunkline = Object.assign((...command: Command) => run(command), { live: true });
  for (const command of early) run([...command] as Command);
  attach();
  new MutationObserver(attach).observe(document.documentElement, { childList: true });
  resume();
}
