import { decodeEntities } from './entities';
import { markKind } from './quote-marks';
import type { MarkKind } from './quote-marks';
import { readTags } from './tags';

export interface HtmlToTextOptions {
  /** Prefix what stands in a quotation with `> `. */
  markQuotes: boolean;
}

const BLOCKS = new Set(['p', 'div', 'ul', 'ol', 'li', 'table', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'section', 'article', 'header', 'footer', 'center', 'form', 'address', 'dl', 'dt', 'dd', 'fieldset', 'body', 'hr', 'tbody']);
const SPACED = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'blockquote', 'pre', 'table', 'dl']);
const VOID = new Set(['br', 'hr', 'img', 'input', 'meta', 'link', 'base', 'col', 'area', 'embed', 'wbr', 'param', 'source']);
const MAX_OPEN = 2000;

class TextWriter {
  private readonly lines: string[] = [];
  /** Pieces of the current line: joined once, because appending and looking at one long string is quadratic. */
  private line: string[] = [];
  private visible = false;
  private blank = 0;
  private pendingSpace = false;
  depth = 0;
  pre = 0;

  text(value: string): void {
    if (this.pre > 0) {
      value.split('\n').forEach((row, i) => {
        if (i > 0) this.newLine();
        this.append(row);
      });
      return;
    }
    const folded = value.replace(/[ \t\r\n\f]+/g, ' ');
    if (folded === ' ' || folded === '') {
      this.pendingSpace ||= folded === ' ';
      return;
    }
    if (this.visible && (this.pendingSpace || folded.startsWith(' '))) this.line.push(' ');
    this.append(folded.trim());
    this.pendingSpace = folded.endsWith(' ');
  }

  private append(text: string): void {
    this.line.push(text);
    this.visible ||= text.trim() !== '';
  }

  newLine(): void {
    this.pendingSpace = false;
    const text = this.line.join('').trimEnd();
    this.blank = text === '' ? this.blank + 1 : 0;
    if (this.blank <= 2 && (text !== '' || this.lines.length > 0)) this.lines.push(this.depth > 0 ? `${'>'.repeat(Math.min(this.depth, 20))}${text === '' ? '' : ` ${text}`}` : text);
    this.line = [];
    this.visible = false;
  }

  /** Ends the line if anything stands in it; `spaced` leaves an empty line as well. */
  breakBlock(spaced: boolean): void {
    if (this.visible) this.newLine();
    this.line = [];
    this.pendingSpace = false;
    if (spaced && this.lines.length > 0 && this.blank === 0) this.newLine();
  }

  result(): string {
    this.breakBlock(false);
    while (this.lines.at(-1)?.trim() === '') this.lines.pop();
    return this.lines.length === 0 ? '' : `${this.lines.join('\n')}\n`;
  }
}

interface Open {
  name: string;
  /** `>` stands before its lines. */
  quote: boolean;
}

class Converter {
  private readonly writer = new TextWriter();
  private readonly open: Open[] = [];
  /** How many elements are open of each name, so that a stray end tag is known without a search. */
  private readonly count = new Map<string, number>();
  /** The quotation that ends with the blockquote inside it. */
  private beginning: Open | null = null;

  constructor(private readonly options: HtmlToTextOptions) {}

  convert(html: string): string {
    readTags(html, {
      text: (value) => this.writer.text(decodeEntities(value)),
      open: (name, attributes) => this.start(name, attributes),
      close: (name) => this.end(name),
    });
    return this.writer.result();
  }

  private start(name: string, attributes: string): void {
    if (name === 'br') this.writer.newLine();
    if (name === 'td' || name === 'th') this.writer.text(' ');
    if (BLOCKS.has(name)) this.writer.breakBlock(SPACED.has(name));
    if (name === 'hr' && this.options.markQuotes) this.rule();
    if (VOID.has(name) || this.open.length >= MAX_OPEN) return;
    const mark = this.options.markQuotes ? markKind(name, attributes) : null;
    const open = { name, quote: mark === 'quote' || mark === 'beginning' };
    if (mark !== null) this.mark(open, mark);
    if (name === 'pre') this.writer.pre++;
    if (name === 'li') this.writer.text('- ');
    this.open.push(open);
    this.count.set(name, (this.count.get(name) ?? 0) + 1);
  }

  /** Says in the text what the mail program says by its marks. */
  private mark(open: Open, kind: MarkKind): void {
    if (open.name === 'blockquote' && this.beginning) {
      this.endQuote(this.beginning);
      this.beginning = null;
    }
    this.writer.breakBlock(true);
    if (kind === 'header') this.line('-----Original Message-----');
    if (kind === 'signature') this.line('-- ');
    if (kind === 'beginning') this.beginning = open;
    if (open.quote) this.writer.depth++;
  }

  private endQuote(open: Open): void {
    if (!open.quote) return;
    this.writer.breakBlock(false);
    this.writer.depth--;
    open.quote = false;
  }

  private line(text: string): void {
    this.writer.text(text);
    this.writer.newLine();
  }

  private rule(): void {
    this.line('________________________________');
  }

  private end(name: string): void {
    if (name === 'p' && (this.count.get('p') ?? 0) === 0) this.writer.breakBlock(true);
    if (BLOCKS.has(name)) this.writer.breakBlock(SPACED.has(name));
    if ((this.count.get(name) ?? 0) === 0) return;
    for (let closed = this.open.pop(); closed; closed = this.open.pop()) {
      this.count.set(closed.name, (this.count.get(closed.name) ?? 1) - 1);
      this.endQuote(closed);
      if (closed === this.beginning) this.beginning = null;
      if (closed.name === 'pre') this.writer.pre--;
      if (closed.name === name) return;
    }
  }
}

/** Plain text of HTML in one pass: linear in the input, whatever it contains. */
export function htmlToText(html: string, options: HtmlToTextOptions = { markQuotes: false }): string {
  return new Converter(options).convert(html);
}
