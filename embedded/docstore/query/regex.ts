import { fail } from '../errors';
import { Raw, T } from '../bson/value';
import type { Maybe } from '../bson/value';

const posix: Record<string, string> = {
  alpha: 'a-zA-Z', digit: '0-9', alnum: 'a-zA-Z0-9', upper: 'A-Z', lower: 'a-z', space: '\\s', punct: '!-\\/:-@\\[-`{-~', xdigit: '0-9a-fA-F', word: '\\w',
};
const ends: Record<string, string> = { A: '(?<![\\s\\S])', z: '(?![\\s\\S])', Z: '(?=\\n?(?![\\s\\S]))', h: '[ \\t]', e: '\\x1b', a: '\\x07', R: '(?:\\r\\n|[\\n\\r])' };
const LETTERS = 'dDwWsSbBnrtfv0123456789';

/** Turns the pattern of a Perl-compatible expression into one that means the same in JavaScript; refuses what has no counterpart. */
class Translation {
  private at = 0;
  private out = '';
  private inClass = false;

  constructor(private readonly text: string, private readonly flags: string) {}

  run(): string {
    while (this.at < this.text.length) this.step();
    return this.out;
  }

  private step(): void {
    const { text, flags } = this;
    const char = text[this.at++]!;
    if (char === '\\') return this.escape();
    if (this.inClass) return this.classChar(char);
    if (flags.includes('x') && /\s/.test(char)) return;
    if (flags.includes('x') && char === '#') {
      while (this.at < text.length && text[this.at] !== '\n') this.at++;
      return;
    }
    if (char === '[') {
      this.inClass = true;
      this.out += '[';
      if (text[this.at] === '^') this.out += text[this.at++];
      if (text[this.at] === ']') {
        this.at++;
        this.out += '\\]';
      }
    } else if (char === '.') this.out += flags.includes('s') ? '[\\s\\S]' : '[^\\n]';
    else if (char === '$' && !flags.includes('m')) this.out += '(?=\\n?(?![\\s\\S]))';
    else if (char === '{' && !/^\d+(,\d*)?\}/.test(text.slice(this.at))) this.out += '\\{';
    else if (char === '}' && !/\{\d+(,\d*)?$/.test(this.out)) this.out += '\\}';
    else if (char === ']') this.out += '\\]';
    else this.out += char;
  }

  private classChar(char: string): void {
    if (char === ']') this.inClass = false;
    const named = char === '[' ? /^:(\w+):\]/.exec(this.text.slice(this.at)) : null;
    if (named) {
      const range = posix[named[1]!];
      if (!range) fail(51091, `Regular expression is invalid: unknown POSIX class name ${named[1]}`);
      this.at += named[0].length;
      this.out += range;
    } else this.out += char === '[' ? '\\[' : char;
  }

  private escape(): void {
    const char = this.text[this.at++];
    if (char === undefined) fail(51091, 'Regular expression is invalid: \\ at end of pattern');
    if (char === 'Q') {
      const end = this.text.indexOf('\\E', this.at);
      const literal = this.text.slice(this.at, end < 0 ? undefined : end);
      this.at = end < 0 ? this.text.length : end + 2;
      this.out += literal.replace(/[\\^$.*+?()[\]{}|/-]/g, (one) => `\\x${one.charCodeAt(0).toString(16)}`);
    } else if (char === 'E') return;
    else if (char === 'x' && this.text[this.at] === '{') {
      const end = this.text.indexOf('}', this.at);
      this.out += `\\u${this.text.slice(this.at, end + 1)}`;
      this.at = end + 1;
    } else if (char === 'p' || char === 'P') {
      const name = /^(?:\{(\^?\w+)\}|(\w))/.exec(this.text.slice(this.at));
      if (!name) fail(51091, 'Regular expression is invalid: malformed \\P or \\p sequence');
      this.at += name[0].length;
      this.out += `\\${char}{${name[1] ?? name[2]}}`;
    } else if (/[a-zA-Z0-9]/.test(char)) this.letter(char);
    else this.out += /[\^$\\.*+?()[\]{}|/]/.test(char) || (char === '-' && this.inClass) ? `\\${char}` : char;
  }

  private letter(char: string): void {
    if (char === 's' || (char === 'S' && !this.inClass)) this.out += char === 'S' ? '[^\\t-\\r ]' : this.inClass ? '\\t-\\r ' : '[\\t-\\r ]';
    else if (LETTERS.includes(char) || 'xkc'.includes(char)) this.out += `\\${char}`;
    else if (ends[char] && !this.inClass) this.out += ends[char];
    else fail(51091, `Regular expression is invalid: \\${char} is not supported`);
  }
}

const cache = new Map<string, RegExp>();

/** A JavaScript expression with the meaning of MongoDB's. */
export function toRegExp(pattern: string, options: string): RegExp {
  const id = `${options}/${pattern}`;
  const known = cache.get(id);
  if (known) return known;
  let text = pattern;
  let flags = options;
  const inline = /^\(\?([imsx]+)\)/.exec(text);
  if (inline) {
    text = text.slice(inline[0].length);
    flags += inline[1];
  }
  if (/[^imsxu]/.test(flags)) fail(51108, `invalid flag in regex options: ${options}`);
  if (pattern.includes('\0')) fail(51091, 'Regular expression cannot contain an embedded null byte');
  const translated = new Translation(text, flags).run();
  try {
    const made = new RegExp(translated, `u${flags.includes('i') ? 'i' : ''}${flags.includes('m') ? 'm' : ''}`);
    if (cache.size > 500) cache.clear();
    cache.set(id, made);
    return made;
  } catch (error) {
    return fail(51091, `Regular expression is invalid: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export function isRegex(value: Maybe): value is Raw {
  return value instanceof Raw && value.type === T.regex;
}

/** Pattern and options of a BSON regular expression. */
export function regexParts(value: Raw): { pattern: string; options: string } {
  const middle = value.bytes.indexOf(0);
  return { pattern: value.bytes.toString('utf8', 0, middle), options: value.bytes.toString('utf8', middle + 1, value.bytes.length - 1) };
}

/** A BSON regular expression from its parts. */
export function makeRegex(pattern: string, options: string): Raw {
  return new Raw(T.regex, Buffer.from(`${pattern}\0${[...options].sort().join('')}\0`));
}

/** The literal text every match must start with; empty when there is none to rely on. */
export function literalPrefix(pattern: string, options: string): string {
  if (!/^(\^|\\A)/.test(pattern) || /[imx]/.test(options) || pattern.replace(/\\[\s\S]/g, '').includes('|')) return '';
  const literal = /^(?:\^|\\A)((?:[^\\^$.*+?()[\]{}|]|\\[^a-zA-Z0-9])*)/.exec(pattern)![1]!;
  const next = pattern.slice(pattern.startsWith('^') ? literal.length + 1 : literal.length + 2)[0];
  const text = literal.replace(/\\(.)/g, '$1');
  return next !== undefined && '*?{'.includes(next) ? [...text].slice(0, -1).join('') : text;
}
