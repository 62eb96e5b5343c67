import { decodeEntities } from './entities';
import { quoteKind } from './quote-marks';
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
  quote: boolean;
}

class Converter {
  private readonly writer = new TextWriter();
  private readonly open: Open[] = [];
  /** How many elements are open of each name, so that a stray end tag is known without a search. */
  private readonly count = new Map<string, number>();

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
    const quote = this.options.markQuotes && quoteKind(name, attributes);
    if (quote) {
      this.writer.breakBlock(true);
      this.writer.depth++;
    }
    if (name === 'pre') this.writer.pre++;
    if (name === 'li') this.writer.text('- ');
    this.open.push({ name, quote });
    this.count.set(name, (this.count.get(name) ?? 0) + 1);
  }

  private rule(): void {
    this.writer.text('________________________________');
    this.writer.newLine();
  }

  private end(name: string): void {
    if (name === 'p' && (this.count.get('p') ?? 0) === 0) this.writer.breakBlock(true);
    if (BLOCKS.has(name)) this.writer.breakBlock(SPACED.has(name));
    if ((this.count.get(name) ?? 0) === 0) return;
    for (let closed = this.open.pop(); closed; closed = this.open.pop()) {
      this.count.set(closed.name, (this.count.get(closed.name) ?? 1) - 1);
      if (closed.quote) {
        this.writer.breakBlock(false);
        this.writer.depth--;
      }
      if (closed.name === 'pre') this.writer.pre--;
      if (closed.name === name) return;
    }
  }
}

/** Plain text of HTML in one pass: linear in the input, whatever it contains. */
export function htmlToText(html: string, options: HtmlToTextOptions = { markQuotes: false }): string {
  return new Converter(options).convert(html);
}
