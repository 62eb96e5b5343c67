import { createHmac } from 'node:crypto';
import type { Party } from '../channel';
import type { Ctx } from '../../kernel';
import type { WidgetSession } from './session.model';

/** The address of a browser nobody vouches for. */
export const visitorOf = (sessionId: string): string => `v-${sessionId}`;

/** The address of a person the host site vouches for: the same one on every device, and no word about who it is. */
export const personOf = (ctx: Ctx, subject: string): string => `u-${createHmac('sha256', ctx.secrets.signing).update(`widget-person\n${ctx.companyId}\n${subject}`).digest('hex').slice(0, 32)}`;

export const partyOf = (session: Pick<WidgetSession, 'visitorId' | 'name' | 'verified'>): Party =>
  ({ kind: 'visitor', value: session.visitorId, name: session.name, verified: session.verified });

/** Where all connections of one visitor listen. */
export const roomOf = (companyId: string, visitorId: string): string => `customer:${companyId}:${visitorId}`;
