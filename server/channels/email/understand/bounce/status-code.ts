const CODE = /(?:^|[^\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)/g;
const REPLY = /(?:^|[^\d.])([45]\d\d)[ -]/;

/** All enhanced status codes in a text, in their order; addresses of hosts are none. */
export function codesIn(text: string): string[] {
  return [...text.slice(0, 8000).matchAll(CODE)].map((match) => `${match[1]}.${match[2]}.${match[3]}`);
}

function isGeneric(code: string): boolean {
  return /^[245]\.0\.0$/.test(code);
}

/** The code that says most: the last specific one the refusing server gave, else what the report states. */
export function bestStatus(stated: string, diagnostic: string): string {
  const declared = codesIn(` ${stated}`)[0] ?? '';
  const given = codesIn(diagnostic).filter((code) => !code.startsWith('2'));
  const specific = given.filter((code) => !isGeneric(code));
  const reply = REPLY.exec(diagnostic)?.[1]?.[0];
  const sameClass = specific.filter((code) => reply === undefined || code.startsWith(reply));
  const best = sameClass.at(-1) ?? specific.at(-1);
  if (best !== undefined) return best;
  if (declared !== '' && !isGeneric(declared)) return declared;
  return given.at(-1) ?? declared;
}
