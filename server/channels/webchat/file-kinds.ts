const magic: readonly (readonly [type: string, start: string])[] = [
  ['image/png', '89504e470d0a1a0a'], ['image/jpeg', 'ffd8ff'], ['image/gif', '47494638'], ['application/pdf', '255044462d'], ['application/zip', '504b0304'], ['application/x-dosexec', '4d5a'], ['application/x-elf', '7f454c46'],
  ['application/x-mach-binary', 'cffaedfe'], ['application/x-mach-binary', 'feedface'], ['application/java-vm', 'cafebabe'], ['application/gzip', '1f8b'], ['application/x-7z-compressed', '377abcaf271c'], ['application/x-rar', '526172211a07'],
];
const sniffed = 4096;

/** What a file is, by its content: never by what its sender calls it. Text that a browser could run counts as what it is. */
export function typeOf(content: Buffer): string {
  const head = content.subarray(0, sniffed);
  const hex = head.subarray(0, 16).toString('hex');
  const known = magic.find(([, start]) => hex.startsWith(start));
  if (known) return known[0];
  if (head.subarray(0, 4).toString('latin1') === 'RIFF' && head.subarray(8, 12).toString('latin1') === 'WEBP') return 'image/webp';
  if (head.subarray(4, 8).toString('latin1') === 'ftyp') return 'video/mp4';
  const text = head.toString('utf8').replace(/^\uFEFF/, '').trimStart().toLowerCase();
  if (/^#!/.test(text)) return 'text/x-script';
  if (/<svg[\s>]/.test(text)) return 'image/svg+xml';
  if (/^(<!doctype html|<html|<head|<body|<script|<iframe)/.test(text) || /<script[\s>]/.test(text)) return 'text/html';
  return head.includes(0) ? 'application/octet-stream' : 'text/plain';
}

const active = /^(application\/x-(dosexec|elf|mach-binary)|application\/java-vm|text\/(html|x-script)|image\/svg\+xml)$/;
const runs = /\.(exe|dll|com|scr|msi|msp|bat|cmd|ps1|psm1|vbs|vbe|jse?|wsf|wsh|hta|cpl|jar|lnk|reg|sh|app|pkg|dmg|deb|rpm|apk|x?html?|svgz?|mht|mhtml|xll|iso|img|chm)\.?\s*$/i;

/** Whether a file is refused: something that runs, by its content or by its name. */
export const isRefused = (name: string, type: string): boolean => active.test(type) || runs.test(name);
