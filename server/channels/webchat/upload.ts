import busboy from 'busboy';
import type { Request } from 'express';
import type { Attachment } from '../../../protocol';
import { badInput, problem, type Ctx } from '../../kernel';
import { isRefused, typeOf } from './file-kinds';
import type { WidgetSession } from './session.model';
import { uploadOwner } from './take-message';

const largest = 10 * 1024 * 1024;
const unsentMs = 86_400_000;

interface Part {
  name: string;
  content: Buffer;
}

/** Stores one file of a visitor (multipart part "file"); it goes after a day unless a message takes it. Throws file-too-large, file-type-refused, bad-input. */
export async function receiveFile(ctx: Ctx, session: WidgetSession, request: Request): Promise<Attachment> {
  const { name, content } = await readPart(request);
  const type = typeOf(content);
  if (isRefused(name, type)) throw problem('file-type-refused', { type });
  const info = await ctx.blobs.put({ companyId: ctx.companyId, owner: uploadOwner(session), name, type, content, expiresAt: new Date(ctx.clock.now() + unsentMs) });
  return { id: info._id, name, type, size: info.size, inline: false, url: `/api/v1/widget/attachments/${info._id}` };
}

function parserOf(request: Request): busboy.Busboy {
  try {
    return busboy({ headers: request.headers, limits: { fileSize: largest, files: 1, fields: 5 }, defParamCharset: 'utf8' });
  } catch {
    throw badInput({ file: 'send it as multipart/form-data' });
  }
}

function readPart(request: Request): Promise<Part> {
  const parser = parserOf(request);
  return new Promise((resolve, reject) => {
    let found = false;
    const fail = (error: Error): void => {
      request.unpipe(parser);
      request.resume();
      reject(error);
    };
    parser.on('file', (field, stream, info) => {
      if (field !== 'file') return void stream.resume();
      found = true;
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('limit', () => fail(problem('file-too-large', { bytes: largest })));
      stream.on('end', () => resolve({ name: plainName(info.filename), content: Buffer.concat(parts) }));
    });
    parser.on('close', () => { if (!found) fail(badInput({ file: 'is missing' })); });
    parser.on('error', () => fail(badInput({ file: 'could not be read' })));
    request.pipe(parser);
  });
}

// Without folders or control characters.
const plainName = (name: string | undefined): string => (name ?? '').replaceAll('\\', '/').split('/').at(-1)?.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(-200) || 'file';
