/** Decodes one line into `out` and returns where the next goes. */
function uuLine(line: string, out: Buffer, start: number): number {
  const length = (line.charCodeAt(0) - 32) & 63;
  const end = Math.min(start + length, out.length);
  let at = start;
  for (let i = 1; at < end && i < line.length; i += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((n) => ((line.charCodeAt(i + n) || 32) - 32) & 63) as [number, number, number, number];
    for (const byte of [(a << 2) | (b >> 4), (b << 4) | (c >> 2), (c << 6) | d]) if (at < end) out[at++] = byte & 255;
  }
  return at;
}

const BEGIN = /^begin [0-7]{3,4} (.+)$/;

/** A file written with uuencode. */
export interface UuFile {
  name: string;
  content: Buffer;
}

function decodeLines(lines: readonly string[]): Buffer {
  const out = Buffer.allocUnsafe(lines.length * 64);
  let at = 0;
  for (const line of lines) if (line !== '') at = uuLine(line, out, at);
  return Buffer.from(out.subarray(0, at));
}

/** The one file that a part of this encoding holds, or null. */
export function decodeUuencoded(raw: Buffer): UuFile | null {
  const lines = raw.latin1Slice(0, raw.length).split(/\r?\n/);
  const begin = lines.findIndex((line) => BEGIN.test(line));
  if (begin < 0) return null;
  const end = lines.indexOf('end', begin);
  return { name: BEGIN.exec(lines[begin]!)![1]!.trim(), content: decodeLines(lines.slice(begin + 1, end < 0 ? lines.length : end)) };
}
