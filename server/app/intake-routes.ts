import { channelEndpoints as api } from '../../protocol';
import type { ChannelHost } from '../channels/channel';
import { acceptCall } from '../channels/voice';
import { acceptForm } from '../channels/webform';
import { route, type Route } from '../kernel';

/** Routes by which machines and forms hand things in. `hostOf` makes a channel's host. */
export function intakeRoutes(hostOf: (channel: string, companyId: string) => ChannelHost): Route[] {
  return [
    route(api.callRecord, 'call.report', async (ctx, _actor, { body }) => ({ accepted: true as const, duplicate: (await acceptCall(hostOf('voice', ctx.companyId), body)).duplicate })),
    route(api.form, null, async (ctx, _actor, { body, request }) => ({ accepted: true as const, duplicate: (await acceptForm(hostOf('webform', ctx.companyId), body, request.ip ?? 'unknown')).duplicate })),
  ];
}
