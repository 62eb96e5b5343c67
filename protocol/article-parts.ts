/** The parts an article may have, in their order. In its Markdown a part begins with a heading of its key, such as `## {cause}`; readers see the heading in the article's language. */
export const partKeys = ['issue', 'environment', 'cause', 'resolution'] as const;
/** A part of an article. */
export type PartKey = (typeof partKeys)[number];

const headings: Record<string, readonly [issue: string, environment: string, cause: string, resolution: string]> = {
  en: ['Issue', 'Environment', 'Cause', 'Resolution'], ko: ['문제', '환경', '원인', '해결'], zh: ['问题', '环境', '原因', '解决办法'], ja: ['問題', '環境', '原因', '解決'], de: ['Problem', 'Umgebung', 'Ursache', 'Lösung'], es: ['Problema', 'Entorno', 'Causa', 'Solución'], fr: ['Problème', 'Environnement', 'Cause', 'Solution'], pt: ['Problema', 'Ambiente', 'Causa', 'Solução'],
  it: ['Problema', 'Ambiente', 'Causa', 'Soluzione'], nl: ['Probleem', 'Omgeving', 'Oorzaak', 'Oplossing'], ru: ['Проблема', 'Окружение', 'Причина', 'Решение'], tr: ['Sorun', 'Ortam', 'Neden', 'Çözüm'], vi: ['Vấn đề', 'Môi trường', 'Nguyên nhân', 'Cách giải quyết'], ar: ['المشكلة', 'البيئة', 'السبب', 'الحل'], hi: ['समस्या', 'परिवेश', 'कारण', 'समाधान'], th: ['ปัญหา', 'สภาพแวดล้อม', 'สาเหตุ', 'วิธีแก้'],
};

/** Headings of the parts in a language, in the order of the keys; English where there are none. */
export const partHeadings = (locale: string): readonly [issue: string, environment: string, cause: string, resolution: string] => headings[locale.toLowerCase().split('-')[0] ?? ''] ?? headings['en'] as [string, string, string, string];

const heading = /^(#{1,3})[ \t]+(.+?)[ \t]*#*[ \t]*$/;

function keyOf(line: string, locale: string): PartKey | null {
  const [, , name = ''] = heading.exec(line) ?? [];
  const key = partKeys.find((each) => name === `{${each}}`);
  if (key || name === '') return key ?? null;
  // Headings somebody wrote out begin the same parts.
  return partKeys[partHeadings(locale).findIndex((each) => each.toLowerCase() === name.toLowerCase())] ?? null;
}

/** A piece of an article: what stands before the first part has no key. */
export interface ArticlePart {
  key: PartKey | null;
  text: string;
}

/** The parts of an article's Markdown in the order in which they stand; fenced code is left alone. */
export function partsOf(body: string, locale: string): ArticlePart[] {
  const parts: { key: PartKey | null; lines: string[] }[] = [{ key: null, lines: [] }];
  let fenced = false;
  for (const line of body.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    const key = fenced ? null : keyOf(line, locale);
    if (key) parts.push({ key, lines: [] });
    else parts.at(-1)?.lines.push(line);
  }
  return parts.map(({ key, lines }) => ({ key, text: lines.join('\n').trim() })).filter(({ key, text }) => key !== null || text !== '');
}

/** The Markdown as readers see it: keys replaced by headings in a language, parts nobody filled in left out. A text without keys stays as it is. */
export function shownMarkdown(body: string, locale: string): string {
  if (!/^#{1,3}[ \t]+\{(?:issue|environment|cause|resolution)\}/m.test(body)) return body;
  const names = partHeadings(locale);
  return partsOf(body, locale).filter(({ text }) => text !== '').map(({ key, text }) => (key === null ? text : `## ${names[partKeys.indexOf(key)] ?? ''}\n\n${text}`)).join('\n\n');
}

/** The Markdown with every part to be filled in; what is there already stays, and becomes the issue where nothing was a part yet. */
export function withEveryPart(body: string, locale: string): string {
  const parts = partsOf(body, locale);
  const only = parts.every(({ key }) => key === null);
  const before = only ? '' : parts.filter(({ key }) => key === null).map(({ text }) => text).join('\n\n');
  const textOf = (key: PartKey): string => (only && key === 'issue' ? body.trim() : parts.filter((part) => part.key === key).map(({ text }) => text).join('\n\n'));
  return [...(before === '' ? [] : [before]), ...partKeys.map((key) => `## {${key}}\n${textOf(key)}`.trimEnd())].join('\n\n');
}
