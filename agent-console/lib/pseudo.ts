const accents: Record<string, string> = {
  a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', y: 'ý', c: 'ç', n: 'ñ', s: 'š', z: 'ž', A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú', C: 'Ç', N: 'Ñ', S: 'Š',
};

/** Accents every letter and adds 40 % length, leaving {{parameters}} alone, so that a layout shows what a longer language would do to it. */
export function pseudo(text: string): string {
  const parts = text.split(/(\{\{[^}]*\}\})/);
  const changed = parts.map((part) => (part.startsWith('{{') ? part : part.replace(/[a-zA-Z]/g, (letter) => accents[letter] ?? letter)));
  return `[${changed.join('')}${'·'.repeat(Math.ceil(text.length * 0.4))}]`;
}
