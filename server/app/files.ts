import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import { authenticate } from '../access';
import { can, contextOf, isSigned, problem, sign, type DomainMount, type RawRoutes, type Services } from '../kernel';
import { isOwnFile, reachOf, ticketById, within } from '../tickets';

/** A link a customer can use without a log-in: signed, for one file. */
export const signedFile = (services: Services, companyId: string, id: string): string => `/files/${id}?s=${sign(services.secrets, 'file', `${companyId}:${id}`)}&c=${companyId}`;

/** Attachments and originals: always a download, never a page of our own. */
export function filesMount(services: Services): DomainMount {
  const raw: RawRoutes = {
    mount(router) {
      router.get('/files/:id', async (request, response) => {
        const { companyId, id } = await allowed(services, request);
        const info = await services.blobs.info(companyId, id);
        if (!info) throw problem('not-found');
        await send(services, response, { companyId, id, name: info.name, size: info.size, type: info.type });
      });
    },
  };
  return { raw: [raw] };
}

async function allowed(services: Services, request: Request): Promise<{ companyId: string; id: string }> {
  const id = String(request.params['id']);
  const { s: signature, c: company } = request.query;
  if (typeof signature === 'string' && typeof company === 'string') {
    if (!isSigned(services.secrets, 'file', { text: `${company}:${id}`, signature })) throw problem('not-found');
    return { companyId: company, id };
  }
  const { companyId, actor } = await authenticate(services, request);
  const info = await services.blobs.info(companyId, id);
  if (info?.owner.kind === 'knowledge' || info?.owner.kind === 'brand') return { companyId, id };
  if (!info || !can(actor, 'ticket.read')) throw problem(actor.kind === 'nobody' ? 'not-logged-in' : 'not-found');
  const ctx = contextOf(services, companyId);
  if (await isOwnFile(ctx, actor, info)) return { companyId, id };
  if (info.owner.kind !== 'ticket') throw problem('not-found');
  const ticket = await ticketById(companyId, info.owner.id);
  if (!ticket || !within(await reachOf(ctx, actor), ticket)) throw problem('not-found');
  return { companyId, id };
}

// A picture may be shown where it belongs; anything else is only ever saved.
const shown = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

async function send(services: Services, response: Response, file: { companyId: string; id: string; name: string; size: number; type: string }): Promise<void> {
  const picture = shown.has(file.type);
  response.setHeader('Content-Type', picture ? file.type : 'application/octet-stream');
  response.setHeader('Content-Disposition', `${picture ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`);
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  response.setHeader('Cache-Control', 'private, max-age=3600');
  if (file.size > 0) response.setHeader('Content-Length', String(file.size));
  await pipeline(Readable.from(services.blobs.read(file.companyId, file.id)), response);
}
