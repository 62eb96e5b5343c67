const SHIFTED = /\+([A-Za-z0-9+/]*)(-?)/g;

function decodeRun(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const even = bytes.length - (bytes.length % 2);
  return Buffer.from(bytes.subarray(0, even)).swap16().toString('utf16le');
}

/** UTF-7 (RFC 2152), which no decoder of the platform knows. */
export function decodeUtf7(bytes: Buffer): string {
  const text = bytes.latin1Slice(0, bytes.length);
  return text.replace(SHIFTED, (all, run: string, dash: string) => (run === '' ? (dash ? '+' : all) : decodeRun(run)));
}
