import { problem } from '../kernel';

const shortest = 10;

// Words and runs that begin what people choose most when ten characters are asked for.
const common = [
  'password', 'passwort', 'passphrase', 'contraseña', 'contrasena', 'motdepasse', 'wachtwoord', 'qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'qwerty', 'azerty', 'qwertz',
  '1q2w3e4r5t', '1qaz2wsx', 'zaq12wsx', 'q1w2e3r4', 'letmein', 'welcome', 'willkommen', 'bienvenue', 'administrator', 'admin', 'changeme', 'iloveyou', 'sunshine', 'princess', 'football', 'baseball',
  'superman', 'starwars', 'trustno', 'whatever', 'dragon', 'monkey', 'michael', 'liverpool', 'computer', 'internet', 'trunkline', 'default', 'secret', 'summer', 'winter', 'spring', 'autumn', 'abcdefghij', 'abcdef', 'abc',
];
const runs = ['01234567890123456789', '98765432109876543210', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];
const plain: Record<string, string> = { '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', $: 's', '5': 's', '7': 't' };

/** Throws password-weak, saying why: short, common, or the address itself. */
export function demandStrongPassword(password: string, email: string): void {
  const text = password.normalize('NFKC').toLowerCase();
  if ([...text].length < shortest) throw problem('password-weak', { reason: 'short', shortest });
  if (text === email.toLowerCase() || strip(text) === strip(email.split('@')[0]?.toLowerCase() ?? '')) throw problem('password-weak', { reason: 'address' });
  if (isCommon(text)) throw problem('password-weak', { reason: 'common' });
}

const strip = (text: string): string => text.replace(/[\d\p{P}\p{S}\s]+/gu, '');

function isCommon(text: string): boolean {
  if (runs.some((run) => run.includes(text)) || new Set(text).size < 4 || /^(.{1,5})\1+$/u.test(text)) return true;
  const core = text.replace(/^[\d\p{P}\p{S}\s]+|[\d\p{P}\p{S}\s]+$/gu, '');
  const spelled = [...text.replace(/[\d!]+$/u, '')].map((letter) => plain[letter] ?? letter).join('');
  return [text, core, spelled].some((form) => common.includes(form)) || common.some((word) => word.length > 8 && text.replace(word, '').length < 3);
}
