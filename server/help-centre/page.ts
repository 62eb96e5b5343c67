import { html, Safe, structured } from './html';
import { BLACK, DARK_SURFACE, LIGHT_SURFACE, WHITE } from './tokens';
import { nameOf, tongues, type Say, type Tongue } from './words';

/** A company's face. */
export interface Brand {
  /** Null: the company itself. */
  id: string | null;
  name: string;
  /** #rrggbb. */
  colour: string;
  /** Address of its logo; null: the name is written. */
  logoUrl: string | null;
  /** Language when the browser does not say. */
  locale: string;
  /** Queue of its letters; empty: that of the company. */
  queueId: string;
  /** Reached by a host name of its own. */
  ownHost: boolean;
}

/** What every page is made with. */
export interface Frame {
  brand: Brand;
  tongue: Tongue;
  t: Say;
  /** Where the installation is reached, without a slash at the end. */
  origin: string;
  styleVersion: string;
  signedIn: boolean;
  /** In which times are written: the company's. */
  timeZone: string;
}

/** One page: its address below /help/LANGUAGE, the same one in other languages, what it shows. */
export interface Content {
  path: string;
  title: string;
  about?: string;
  body: Safe;
  /** Languages the page exists in; all of the help centre's own unless told. */
  alternates?: readonly string[];
  data?: object[];
  /** Not for search engines. */
  hidden?: boolean;
  /** Language of the main text where it is another one. */
  lang?: string;
}

const channel = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const luminance = (colour: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => channel(parseInt(colour.slice(at, at + 2), 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** Whether dark text reads better on a colour than white: one of the two always reaches 4.5. */
export const wantsDark = (colour: string): boolean => (luminance(colour) + 0.05) / 0.05 > 1.05 / (luminance(colour) + 0.05);

// Contrasts that also hold on the sunken surfaces.
const grounds = { light: { surface: LIGHT_SURFACE, end: BLACK, mix: 0, wanted: 5 }, dark: { surface: DARK_SURFACE, end: WHITE, mix: 255, wanted: 5.5 } };

/** A brand's colour as links wear it: moved towards black on light paper, towards white on dark, as far as it must be to be read. */
export function linkColour(colour: string, ground: keyof typeof grounds): string {
  const { surface, end, mix, wanted } = grounds[ground];
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = `#${[1, 3, 5].map((at) => Math.round(parseInt(colour.slice(at, at + 2), 16) * (1 - share) + mix * share).toString(16).padStart(2, '0')).join('')}`;
    const [dark = 0, light = 0] = [luminance(mixed), luminance(surface)].sort((one, other) => one - other);
    if ((light + 0.05) / (dark + 0.05) >= wanted) return mixed;
  }
  return end;
}

/** The address of a page in a language. */
export const addressOf = (tongue: string, path: string): string => `/help/${tongue}${path}`;

/** The whole document. */
export function page(frame: Frame, content: Content): string {
  const { brand, tongue, t, origin } = frame;
  const alternates = (content.alternates ?? tongues).filter((each) => (tongues as readonly string[]).includes(each));
  const title = content.path === '' ? content.title : `${content.title} · ${brand.name}`;
  const style = `--brand:${brand.colour};--on-brand:${wantsDark(brand.colour) ? 'black' : 'white'};--link-light:${linkColour(brand.colour, 'light')};--link-dark:${linkColour(brand.colour, 'dark')}`;
  return html`<!doctype html>
<html lang="${tongue}" style="${style}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${content.about ? html`<meta name="description" content="${content.about.slice(0, 160)}">` : ''}
${content.hidden ? html`<meta name="robots" content="noindex">` : html`<link rel="canonical" href="${origin}${addressOf(tongue, content.path)}">${alternates.map((each) => html`<link rel="alternate" hreflang="${each}" href="${origin}${addressOf(each, content.path)}">`)}<link rel="alternate" hreflang="x-default" href="${origin}${addressOf(alternates[0] ?? 'en', content.path)}">`}
<link rel="stylesheet" href="/help/style.css?v=${frame.styleVersion}">
${(content.data ?? []).map(structured)}
</head>
<body>
<a class="skip" href="#main">${t('skip')}</a>
<header class="bar"><nav class="in" aria-label="${t('help')}"><a class="name" href="${addressOf(tongue, '')}">${brand.logoUrl === null ? html`<bdi>${brand.name}</bdi> ${t('help')}` : html`<img src="${brand.logoUrl}" alt="${brand.name} ${t('help')}">`}</a><a href="${addressOf(tongue, '/reach')}">${t('reach')}</a><a href="${addressOf(tongue, '/mine')}">${t(frame.signedIn ? 'mine' : 'sign-in')}</a></nav></header>
<main class="in" id="main"${content.lang && content.lang !== tongue ? html` lang="${content.lang}"` : ''}>${content.body}</main>
<footer class="end"><nav class="in" aria-label="${t('language')}">${tongues.map((each) => html`<a href="${addressOf(each, content.path)}" lang="${each}" hreflang="${each}"${each === tongue ? html` aria-current="true"` : ''}>${nameOf(each)}</a>`)}</nav></footer>
</body>
</html>`.text;
}
