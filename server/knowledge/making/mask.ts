const addresses = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu;
const secrets = /\b(?:\d[ -]?){13,19}\b|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g;
const phones = /(?<![\p{L}\p{N}])\+?\(?\d[\d\s()/.-]{6,}\d(?![\p{L}\p{N}])/gu;
const hosts = /\b(?:\d{1,3}\.){3}\d{1,3}\b/g;
const tokens = /([?&](?:token|key|code|session|sig|signature|s)=)[^\s&]+/gi;
const greetings = /^\s*(?:(?:dear|hello|hi|hey|hallo|liebe[r]?|sehr geehrte[r]?|bonjour|hola|olá)\b[^\n]{0,60}|[^\n]{0,30}(?:님|様|さん|您好)[^\n]{0,20})[,:!，。.]?\s*\n+/iu;
const partings = /\n\s*(?:(?:kind|best|warm) regards|regards|best|cheers|sincerely|yours|thanks?(?: you)?|mit freundlichen|viele grüße|감사합니다|よろしく|此致|谢谢)[\s\S]{0,200}$/iu;

/** Takes names, addresses, numbers and secrets out of a text; what is taken out leaves its kind in brackets. */
export function mask(text: string, people: readonly string[]): string {
  const named = people.flatMap((person) => [person, ...person.split(/\s+/)]).map((name) => name.trim()).filter((name) => name.length >= (/[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(name) ? 2 : 3)).sort((a, b) => b.length - a.length);
  const plain = text.replace(addresses, '[address]').replace(tokens, '$1[code]').replace(secrets, '[number]').replace(hosts, '[address]').replace(phones, '[phone]');
  return [...new Set(named)].reduce((masked, name) => masked.replace(new RegExp(`(?<![\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'giu'), '[name]'), plain);
}

/** The message without its greeting and parting, which belong to the letter and not to the answer. */
export const kernelOf = (text: string): string => text.replace(greetings, '').replace(partings, '').trim();
