import { writingEndpoints as api } from '../../protocol';
import { audit } from '../access';
import { escapeHtml, problem, readSetting, route, writeSetting, type Actor, type Ctx, type Route } from '../kernel';
import { queueById } from '../workforce';
import { signatureKind, signatureShape } from './below';
import { addCanned, cannedById, changeCanned, listCanned, removeCanned } from './canned-answer.model';
import { composeFor } from './compose';
import { discardDraft, listDrafts, saveDraft } from './draft.model';
import { fill, variablesOf } from './fill';
import { loadTicket } from './load-ticket';
import { suggestCanned } from './suggest-canned';
import { writingKind, writingOf } from './queue-writing';

const answerRoutes: Route[] = [
  route(api.compose, 'ticket.reply', (ctx, actor, { params, query }) => composeFor(ctx, actor, { ticketId: params.id, ...query })),
  route(api.drafts, 'ticket.read', async (ctx, actor, { query }) => ({ rows: await listDrafts(ctx, actor, query.ticketId) })),
  route(api.putDraft, 'ticket.note', (ctx, actor, { params, body }) => saveDraft(ctx, actor, { clientId: params.clientId, content: body })),
  route(api.removeDraft, 'ticket.note', async (ctx, actor, { params }) => {
    await discardDraft(ctx, actor, params.clientId);
    return {};
  }),
  route(api.canned, 'ticket.read', async (ctx, actor, { query }) => ({ rows: await listCanned(ctx, actor, query.queueId) })),
  route(api.addCanned, 'ticket.reply', (ctx, actor, { body }) => addCanned(ctx, actor, body)),
  route(api.changeCanned, 'ticket.reply', (ctx, actor, { params, body }) => changeCanned(ctx, actor, { id: params.id, change: body })),
  route(api.removeCanned, 'ticket.reply', async (ctx, actor, { params }) => {
    await removeCanned(ctx, actor, params.id);
    return {};
  }),
  route(api.suggestCanned, 'ticket.read', async (ctx, actor, { params, query }) => ({ rows: await suggestCanned(ctx, actor, { ticketId: params.id, q: query.q }) })),
  route(api.fillCanned, 'ticket.reply', async (ctx, actor, { params }) => {
    const [ticket, canned] = await Promise.all([loadTicket(ctx, actor, { id: params.id, ability: 'ticket.reply' }), cannedById(ctx, actor, params.cannedId)]);
    const variables = await variablesOf(ctx, ticket, actor.id);
    const text = fill(canned.text, variables);
    const html = canned.html === null ? null : fill(canned.html, variables, escapeHtml);
    return { text: text.text, html: html?.text ?? null, unknown: [...new Set([...text.unknown, ...(html?.unknown ?? [])])] };
  }),
];

const settingRoutes: Route[] = [
  route(api.signature, 'ticket.reply', (ctx, actor) => readSetting(ctx.companyId, signatureKind(actor.id ?? ''), signatureShape)),
  route(api.putSignature, 'ticket.reply', async (ctx, actor, { body }) => {
    if (actor.kind !== 'account') throw problem('not-allowed');
    await writeSetting(ctx.companyId, signatureKind(actor.id), body);
    return body;
  }),
  route(api.queueWriting, 'ticket.reply', async (ctx, _actor, { params }) => {
    await demandQueue(ctx, params.id);
    return writingOf(ctx, params.id);
  }),
  route(api.putQueueWriting, 'queue.manage', async (ctx, actor, { params, body }) => {
    const name = await demandQueue(ctx, params.id);
    const before = await writingOf(ctx, params.id);
    const after = { ...before, ...body };
    await writeSetting(ctx.companyId, writingKind(params.id), after);
    await tell(ctx, actor, { id: params.id, name, before, after: body });
    return after;
  }),
];

async function demandQueue(ctx: Ctx, id: string): Promise<string> {
  const queue = await queueById(ctx.companyId, id);
  if (!queue) throw problem('unknown-queue');
  return queue.name;
}

async function tell(ctx: Ctx, actor: Actor, { id, name, before, after }: { id: string; name: string; before: object; after: object }): Promise<void> {
  const old = before as Record<string, unknown>;
  await audit(ctx, actor, { action: 'queue-writing.changed', subject: { kind: 'queue', id, name }, before: Object.fromEntries(Object.keys(after).map((key) => [key, old[key]])), after: after as Record<string, unknown> });
}

/** Drafts, canned answers, signatures and how queues write. */
export const writingRoutes: Route[] = [...answerRoutes, ...settingRoutes];
