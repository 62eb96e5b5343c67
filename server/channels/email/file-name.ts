const usual: Record<string, string> = { 'text/plain': 'txt', 'text/html': 'html', 'image/png': 'png', 'image/jpeg': 'jpg', 'image/gif': 'gif', 'application/pdf': 'pdf', 'message/rfc822': 'eml', 'text/calendar': 'ics' };

/** A name for an attached file: its own without folders and control characters, else one made of its type and place. */
export function cleanFileName(name: string | null, type: string, index: number): string {
  const plain = (name ?? '').replaceAll('\\', '/').split('/').at(-1)?.replace(/\p{Cc}/gu, '').trim().slice(0, 255) ?? '';
  return plain === '' ? `attachment-${index + 1}.${usual[type] ?? 'bin'}` : plain;
}
