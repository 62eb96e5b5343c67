import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { words as ar } from '../../widget/locales/ar';
import { words as en } from '../../widget/locales/en';
import { words as ja } from '../../widget/locales/ja';
import { words as ko } from '../../widget/locales/ko';
import { words as zh } from '../../widget/locales/zh';

const widget = join(__dirname, '..', '..', 'widget');
const languages = { ar, ja, ko, zh };
const values = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([found]) => found).sort();
const sources = readdirSync(widget, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !name.startsWith('locales'));
const code = sources.map((name) => readFileSync(join(widget, name), 'utf8')).join('\n');

describe('the widget\'s languages', () => {
  it.each(Object.entries(languages))('%s says everything English says, with the same values', (_, words) => {
    expect(Object.keys(words)).toEqual(Object.keys(en));
    for (const [key, text] of Object.entries(en)) {
      expect([key, values(words[key as keyof typeof en])]).toEqual([key, values(text)]);
      expect(words[key as keyof typeof en].trim()).not.toBe('');
    }
  });

  it('has no sentence that is never said', () => {
    const said = (key: string) => key.startsWith('problem.') || /^rate\d$/.test(key) || new RegExp(`'${key}'`).test(code);
    expect(Object.keys(en).filter((key) => !said(key))).toEqual([]);
  });

  it('writes no sentence into a component', () => {
    const views = sources.filter((name) => name.endsWith('.tsx'));
    const literal = views.flatMap((name) => [...readFileSync(join(widget, name), 'utf8').matchAll(/(?:>|\} )\s*([A-Z][a-z]+(?: [a-z]+)*[.!?]?)\s*<|(?:aria-label|placeholder|title|alt)="([^"]+)"/g)].map(([found]) => `${name}: ${found}`));
    expect(literal).toEqual([]);
  });
});
