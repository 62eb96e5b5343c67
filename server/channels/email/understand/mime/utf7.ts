const SHIFTED = /\+([A-Za-z0-9+/]*)(-?)/g;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SIX_BITS = new Map([...ALPHABET].map((char, i) => [char, i]));
const MAX_ARGUMENTS = 8000;

/** Base64 of UTF-16 without padding, bit by bit: a mail may hold a million of these runs. */
function decodeRun(base64: string): string {
  let out = '';
  let units: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of base64) {
    bits = (bits << 6) | SIX_BITS.get(char)!;
    held += 6;
    if (held < 16) continue;
    held -= 16;
    units.push((bits >> held) & 0xffff);
    bits &= (1 << held) - 1;
    if (units.length >= MAX_ARGUMENTS) {
      out += String.fromCharCode(...units);
      units = [];
    }
  }
  return out + String.fromCharCode(...units);
}

/** UTF-7 (RFC 2152), which no decoder of the platform knows. */
export function decodeUtf7(bytes: Buffer): string {
  const text = bytes.latin1Slice(0, bytes.length);
  return text.replace(SHIFTED, (all, run: string, dash: string) => (run === '' ? (dash ? '+' : all) : decodeRun(run)));
}
