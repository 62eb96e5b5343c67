import { escapeHtml } from '../kernel';

/** HTML that may be written as it is; everything else is escaped on its way in. */
export class Safe {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

type Part = Safe | string | number | null | undefined | false | Part[];

const write = (part: Part): string => (part instanceof Safe ? part.text : Array.isArray(part) ? part.map(write).join('') : part === null || part === undefined || part === false ? '' : escapeHtml(String(part)));

/** A template whose values are escaped unless they are HTML already. */
export const html = (texts: TemplateStringsArray, ...parts: Part[]): Safe => new Safe(texts.reduce((whole, text, i) => whole + text + (i < parts.length ? write(parts[i]) : ''), ''));

/** HTML that was made safe elsewhere, such as from Markdown. */
export const trusted = (text: string): Safe => new Safe(text);

/** A data block for search engines; nothing in it can end its element. */
export const structured = (data: object): Safe => new Safe(`<script type="application/ld+json">${JSON.stringify(data).replace(/</g, '\\u003c')}</script>`);
