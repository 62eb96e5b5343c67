import { happened, type Actor, type Ctx, type PendingEvent } from '../kernel';

/** An account was made, changed, or signed out: whoever keeps something of it looks again. */
export const accountChanged = (ctx: Ctx, actor: Actor, accountId: string): PendingEvent =>
  happened('account.changed', { accountId }, { by: actor, subject: accountId, at: ctx.clock.now() });

/** Settings of a kind changed: roles, teams, api-keys, company. */
export const settingsChanged = (ctx: Ctx, actor: Actor, about: { kind: string; subject: string }): PendingEvent =>
  happened('settings.changed', { kind: about.kind }, { by: actor, subject: about.subject, at: ctx.clock.now() });
