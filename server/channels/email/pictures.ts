import { sanitiseMailHtml } from './understand';

/** A file that a mail brought, and the name the mail's text calls it by. */
export interface StoredFile {
  blobId: string;
  contentId: string | null;
}

const ours = /(<img\b[^>]*?\ssrc\s*=\s*["']?)\/files\/([0-9a-f]{24})(?=["'\s>])/gi;
const shown = /(\ssrc=")cid:([^"]+)"/gi;
const plain = (id: string): string => {
  try {
    return decodeURIComponent(id).trim().toLowerCase();
  } catch {
    return id.trim().toLowerCase();
  }
};

/** Safe HTML of a mail in which its own pictures are shown from where we keep them, and which of the files those are. */
export async function htmlOfMail(html: string, files: StoredFile[]): Promise<{ html: string; inside: Set<string> }> {
  const byName = new Map(files.flatMap(({ blobId, contentId }) => (contentId ? [[plain(contentId), blobId] as const] : [])));
  const inside = new Set<string>();
  const withFiles = (await sanitiseMailHtml(html)).replace(shown, (whole, before: string, id: string) => {
    const blobId = byName.get(plain(id));
    if (!blobId) return whole;
    inside.add(blobId);
    return `${before}/files/${blobId}"`;
  });
  return { html: withFiles, inside };
}

/** Safe HTML of what an agent writes: pictures uploaded to us stay, as the sanitiser lets no other address of ours through. */
export async function htmlOfAgent(html: string): Promise<string> {
  const safe = await sanitiseMailHtml(html.replace(ours, (_whole, before: string, id: string) => `${before}cid:${id}@files`));
  return safe.replace(/(\ssrc=")cid:([0-9a-f]{24})@files"/g, '$1/files/$2"');
}
