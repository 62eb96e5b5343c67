import busboy from 'busboy';
import type { Request } from 'express';
import type { Attachment } from '../../protocol';
import { badInput, problem, type Actor, type Ctx } from '../kernel';

const largest = 25 * 1024 * 1024;
/** How long a file is kept that belongs to nothing. */
export const unownedMs = 86_400_000;

/** Stores one uploaded file (multipart part "file"), for whoever uploads it; it expires after a day unless a message takes it. Throws file-too-large, bad-input. */
export async function receiveUpload(ctx: Ctx, actor: Actor, request: Request): Promise<Attachment> {
  const { name, given, content } = await readFile(request, largest);
  // An ES module only, needed when a file comes and not before.
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(content.subarray(0, 4100));
  const type = found?.mime ?? (/^[\w.+-]+\/[\w.+-]+$/.test(given) ? given : 'application/octet-stream');
  const info = await ctx.blobs.put({ companyId: ctx.companyId, owner: { kind: 'pending', id: actor.id ?? '' }, name, type, content, expiresAt: new Date(ctx.clock.now() + unownedMs) });
  return { id: info._id, name, type, size: info.size, inline: false, url: `/files/${info._id}` };
}

function readFile(request: Request, limit: number): Promise<{ name: string; given: string; content: Buffer }> {
  return new Promise((resolve, reject) => {
    const parser = startParser(request, limit);
    if (!parser) {
      reject(badInput({ file: 'send it as multipart/form-data' }));
      return;
    }
    let found = false;
    parser.on('file', (field, stream, info) => {
      if (found || field !== 'file') return void stream.resume();
      found = true;
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('limit', () => reject(problem('file-too-large', { bytes: limit })));
      stream.on('end', () => resolve({ name: cleanName(info.filename), given: info.mimeType, content: Buffer.concat(parts) }));
    });
    parser.on('close', () => { if (!found) reject(badInput({ file: 'is missing' })); });
    parser.on('error', () => reject(badInput({ file: 'could not be read' })));
    request.pipe(parser);
  });
}

function startParser(request: Request, limit: number): busboy.Busboy | null {
  try {
    return busboy({ headers: request.headers, limits: { fileSize: limit, files: 2, fields: 10 }, defParamCharset: 'utf8' });
  } catch {
    return null;
  }
}

/** A file name without folders or control characters. */
export const cleanName = (name: string | undefined): string => (name ?? '').replaceAll('\\', '/').split('/').at(-1)?.replace(/\p{Cc}/gu, '').slice(0, 255) || 'file';
