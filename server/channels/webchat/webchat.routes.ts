import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import { webchatEndpoints as api } from '../../../protocol';
import { badInput, problem } from '../../kernel';
import type { ChannelHost } from '../channel';
import { leaveLetter } from './letter';
import { openSession } from './open-session';
import type { WidgetSession } from './session.model';
import { demandSession } from './session-token';
import { mayEmbed, type WebchatSettings } from './settings';
import { receiveFile } from './upload';
import { viewSince } from './view';
import { partyOf } from './visitor';

type HostFor = (request: Request) => Promise<ChannelHost>;
type Answering = (asked: { host: ChannelHost; session: WidgetSession; request: Request; response: Response }) => Promise<unknown>;

const root = '/api/v1';
const opening = { points: 60, seconds: 60 };
const uploading = { points: 30, seconds: 60 };
const writing = { points: 10, seconds: 600 };
const copying = { points: 5, seconds: 3600 };

/** The widget's REST calls. They come from any site, without cookies: who asks is said by the token alone. */
export function webchatRoutes(router: Router, hostFor: HostFor): void {
  router.use([`${root}/widget/sessions`, `${root}/widget/messages`, `${root}/widget/attachments`, `${root}/widget/letters`, `${root}/widget/callbacks`, `${root}/widget/address`, `${root}/widget/transcripts`, `${root}/help`], fromAnywhere);
  const json = express.json({ limit: '200kb' });
  router.post(root + api.open.path, json, async (request, response) => {
    const host = await hostFor(request);
    if (!mayEmbed(await host.settings<WebchatSettings>(), request.headers.origin)) throw problem('not-allowed');
    await host.ctx.limits.take('widget-open', request.ip ?? 'unknown', opening);
    response.json(await openSession(host, { ...read(api.open.body, request.body ?? {}), origin: request.headers.origin }));
  });
  router.get(root + api.messages.path, customer(hostFor, async ({ host, session, request }) => {
    const { rows, state } = await viewSince(host, session, read(api.messages.query, request.query).afterSeq);
    return { rows, state };
  }));
  router.post(root + api.upload.path, customer(hostFor, async ({ host, session, request }) => {
    await host.ctx.limits.take('widget-upload', session._id, uploading);
    return receiveFile(host.ctx, session, request);
  }));
  router.get(`${root}${api.upload.path}/:id`, customer(hostFor, sendFile));
  router.post(root + api.callback.path, json, customer(hostFor, async ({ host, session, request }) => {
    await host.ctx.limits.take('widget-callback', request.ip ?? 'unknown', writing);
    const { phone, at } = read(api.callback.body, request.body ?? {});
    await host.otherwise(partyOf(session), { kind: 'phone', value: phone, at: at === undefined ? null : new Date(at) });
    return { state: (await viewSince(host, session, Number.MAX_SAFE_INTEGER)).state };
  }));
  router.post(root + api.answerByEmail.path, json, customer(hostFor, async ({ host, session, request }) => {
    await host.ctx.limits.take('widget-callback', request.ip ?? 'unknown', writing);
    await host.otherwise(partyOf(session), { kind: 'email', value: read(api.answerByEmail.body, request.body ?? {}).email });
    return { state: (await viewSince(host, session, Number.MAX_SAFE_INTEGER)).state };
  }));
  router.post(root + api.transcript.path, json, customer(hostFor, async ({ host, session, request }) => {
    const { email } = read(api.transcript.body, request.body ?? {});
    await host.ctx.limits.take('widget-transcript', request.ip ?? 'unknown', copying);
    await host.ctx.limits.take('widget-transcript', session._id, copying);
    await host.transcript(partyOf(session), { to: email, locale: session.locale });
    return {};
  }));
  router.post(root + api.leave.path, json, customer(hostFor, async ({ host, session, request }) => {
    await host.ctx.limits.take('widget-letter', request.ip ?? 'unknown', writing);
    await leaveLetter(host, session, read(api.leave.body, request.body ?? {}));
    return {};
  }));
}

const fromAnywhere: RequestHandler = (request, response, next) => {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  if (request.method !== 'OPTIONS') return next();
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
  response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type, Idempotency-Key');
  response.setHeader('Access-Control-Max-Age', '86400');
  response.status(204).end();
};

const customer = (hostFor: HostFor, answer: Answering): RequestHandler => async (request, response) => {
  const host = await hostFor(request);
  const session = await demandSession(host.ctx, /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]);
  const value = await answer({ host, session, request, response });
  if (!response.headersSent) response.json(value);
};

function read<S extends z.ZodType>(schema: S | undefined, input: unknown): z.output<S> {
  const result = schema?.safeParse(input);
  if (!result) throw new Error('The endpoint declares no such part');
  if (result.success) return result.data;
  throw badInput(Object.fromEntries(result.error.issues.map((issue) => [issue.path.join('.') || 'body', issue.message])));
}

/** A file of the visitor's own conversation, always as a download: fetched by the widget, never opened as a page. */
async function sendFile({ host, session, request, response }: Parameters<Answering>[0]): Promise<void> {
  const { ctx } = host;
  const id = String(request.params['id']);
  const info = await ctx.blobs.info(ctx.companyId, id);
  const unsent = info?.owner.kind === 'widget' && info.owner.id === session._id;
  const seen = unsent || (await viewSince(host, session, 0)).rows.some((row) => row.attachments.some((each) => each.id === id));
  if (!info || !seen) throw problem('not-found');
  response.setHeader('Content-Type', info.type);
  response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(info.name)}`);
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cache-Control', 'private, no-store');
  response.setHeader('Content-Length', String(info.size));
  await pipeline(Readable.from(ctx.blobs.read(ctx.companyId, id)), response);
}
