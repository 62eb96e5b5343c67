import { z } from 'zod';

/** What this channel reads of the widget's settings. */
export const webchatSettings = z.object({
  queueId: z.string().default(''),
  origins: z.array(z.string()).default([]),
  requireIdentity: z.boolean().default(false),
});
export type WebchatSettings = z.output<typeof webchatSettings>;

/** Keys with which host sites sign who a visitor is: at most two, so that one can replace the other. Kept apart from what the widget's page edits. */
export const identitySettings = z.object({
  keys: z.array(z.object({
    id: z.string().max(60).default('').describe('The token\'s kid, when it names one'),
    algorithm: z.enum(['HS256', 'EdDSA']),
    addedAt: z.string().nullable().default(null),
    key: z.string().min(16).max(4000).describe('HS256: the shared secret; EdDSA: the public key as PEM'),
  })).max(2).default([]),
});
export type IdentityKey = z.output<typeof identitySettings>['keys'][number];

/** Under which name the keys are stored. */
export const identityKind = 'webchat-identity';

/** A site may embed the widget when it is listed, or when none is. `origin` is undefined outside of browsers. */
export const mayEmbed = (settings: WebchatSettings, origin: string | undefined): boolean =>
  settings.origins.length === 0 || origin === undefined || settings.origins.some((each) => each.replace(/\/+$/, '').toLowerCase() === origin.toLowerCase());
