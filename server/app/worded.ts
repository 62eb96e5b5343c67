/** The words of a mail, with names in braces where values go. */
interface Words {
  subject: string;
  text: string;
  /** What the link in it does, as words for a button. */
  action?: string;
}

/** The same in several languages, by the first part of their tags. */
export type Wording = { en: Words } & Record<string, Words>;

/** A mail in the reader's language (a tag such as "ko-KR"), else in English. All values go in at once, so that none is taken for a place to fill; a name without a value stays. */
export function worded(words: Wording, locale: string, values: Readonly<Record<string, string>>): Words {
  const { subject, text, action } = words[locale.split('-')[0] ?? ''] ?? words.en;
  const fill = (from: string): string => from.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  return { subject: fill(subject), text: fill(text), ...(action === undefined ? {} : { action }) };
}
