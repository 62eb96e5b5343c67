import type { z } from 'zod';
import { webchatEndpoints } from '../../../protocol';
import type { ChannelHost } from '../channel';
import { newId, problem, readSetting } from '../../kernel';
import { readIdentity, type Identity } from './identity';
import { Sessions, type WidgetSession } from './session.model';
import { makeToken, sessionOf } from './session-token';
import { identityKind, identitySettings, type WebchatSettings } from './settings';
import { partyOf, personOf, visitorOf } from './visitor';

/** What a widget says of itself, and where its browser says it stands. */
type Input = z.output<typeof webchatEndpoints.open.body & z.ZodType> & { origin?: string | undefined };
type Opened = z.output<typeof webchatEndpoints.open.response>;

const keptMs = 90 * 86_400_000;

/** Starts a widget session or resumes one. Throws identity-unsigned for a wrong signature, or for claims without one where they are refused. */
export async function openSession(host: ChannelHost, input: Input): Promise<Opened> {
  const settings = await host.settings<WebchatSettings>();
  const identity = await identityOf(host, input, settings);
  const known = input.token === undefined ? null : await sessionOf(host.ctx, input.token);
  const session = known && (await maySee(host, known, identity)) ? await resume(host, { known, input, identity }) : null;
  if (session && input.token !== undefined) return present(session, input.token);
  return begin(host, input, identity);
}

async function identityOf(host: ChannelHost, input: Input, settings: WebchatSettings): Promise<Identity | null> {
  if (input.identity === undefined) {
    if (settings.requireIdentity && (input.name !== undefined || input.email !== undefined)) throw problem('identity-unsigned');
    return null;
  }
  const { keys } = await readSetting(host.ctx.companyId, identityKind, identitySettings);
  return readIdentity(input.identity, keys, host.ctx.clock.now());
}

// Another person at the same browser does not see the former one's conversation.
async function maySee(host: ChannelHost, known: WidgetSession, identity: Identity | null): Promise<boolean> {
  return !identity || !known.verified || known.visitorId === personOf(host.ctx, identity.subject);
}

async function resume(host: ChannelHost, { known, input, identity }: { known: WidgetSession; input: Input; identity: Identity | null }): Promise<WidgetSession> {
  const said = known.verified ? {} : { ...(input.name ? { name: input.name } : {}), ...(input.email ? { email: input.email } : {}) };
  const change = { ...said, ...(await promotion(host, known, identity)), ...(await visit(host, input)) };
  await Sessions.updateOne({ companyId: host.ctx.companyId, _id: known._id }, { $set: change });
  return { ...known, ...change };
}

/** Somebody who logs in amid a conversation keeps it; the person's own one takes over when it is done. */
async function promotion(host: ChannelHost, known: WidgetSession, identity: Identity | null): Promise<Partial<WidgetSession>> {
  if (!identity) return {};
  const named = { ...(identity.name ? { name: identity.name } : {}), ...(identity.email ? { email: identity.email } : {}) };
  if (known.verified) return named;
  const { state } = await host.thread(partyOf(known), Number.MAX_SAFE_INTEGER);
  if (state.phase === 'waiting' || state.phase === 'active') return named;
  return { ...named, visitorId: personOf(host.ctx, identity.subject), verified: true };
}

const visit = async (host: ChannelHost, input: Input) => ({
  expiresAt: new Date(host.ctx.clock.now() + keptMs), brandId: await brandOf(host, input), ...(input.locale ? { locale: input.locale } : {}), ...(input.page ? { page: input.page } : {}),
});

const brandOf = async (host: ChannelHost, { origin, brand }: Input): Promise<string> => (await host.brand({ origin, key: brand }))?.id ?? '';

async function begin(host: ChannelHost, input: Input, identity: Identity | null): Promise<Opened> {
  const { ctx } = host;
  const id = newId();
  const { token, secretHash } = makeToken(ctx, id);
  const session: WidgetSession = {
    _id: id, companyId: ctx.companyId, secretHash, visitorId: identity ? personOf(ctx, identity.subject) : visitorOf(id), verified: identity !== null, name: identity?.name || input.name || '', email: identity?.email || input.email || '',
    locale: input.locale ?? null, page: input.page ?? '', brandId: await brandOf(host, input), createdAt: new Date(ctx.clock.now()), expiresAt: new Date(ctx.clock.now() + keptMs),
  };
  if (await host.isBlocked(partyOf(session))) throw problem('sender-blocked');
  await Sessions.create(session);
  return present(session, token);
}

const present = (session: WidgetSession, token: string): Opened => ({ token, visitorId: session.visitorId, name: session.name, verified: session.verified });
