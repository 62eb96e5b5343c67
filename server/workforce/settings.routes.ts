import { routingSettingsEndpoints as everywhere, workforceEndpoints as api } from '../../protocol';
import { readSetting, route, writeSetting, type Ctx, type Route } from '../kernel';
import { audit } from '../access';
import { demandChannels, putRoutingSettings, routingSettingsOf } from './routing-settings';
import { awayReasons, channelWeights, declineReasons, dispositions } from './settings';

async function reasonsOf(ctx: Ctx): Promise<{ away: string[]; decline: string[] }> {
  const [away, decline] = await Promise.all([readSetting(ctx.companyId, 'away-reasons', awayReasons), readSetting(ctx.companyId, 'decline-reasons', declineReasons)]);
  return { away: away.rows, decline: decline.rows };
}

/** REST routes of what an administrator lists and weighs: outcomes, reasons, weights. */
export const workforceSettingsRoutes: Route[] = [
  route(api.dispositions, 'ticket.read', async (ctx) => readSetting(ctx.companyId, 'dispositions', dispositions)),
  route(api.putDispositions, 'queue.manage', async (ctx, actor, { body }) => {
    const before = await readSetting(ctx.companyId, 'dispositions', dispositions);
    await writeSetting(ctx.companyId, 'dispositions', body);
    await audit(ctx, actor, { action: 'dispositions.changed', subject: { kind: 'settings', id: null, name: 'dispositions' }, before, after: body });
    return body;
  }),
  route(api.reasons, 'ticket.read', reasonsOf),
  route(api.putReasons, 'queue.manage', async (ctx, actor, { body }) => {
    const before = await reasonsOf(ctx);
    await writeSetting(ctx.companyId, 'away-reasons', { rows: body.away });
    await writeSetting(ctx.companyId, 'decline-reasons', { rows: body.decline });
    await audit(ctx, actor, { action: 'reasons.changed', subject: { kind: 'settings', id: null, name: 'reasons' }, before, after: body });
    return body;
  }),
  route(api.weights, 'ticket.read', async (ctx) => readSetting(ctx.companyId, 'channel-weights', channelWeights)),
  route(api.putWeights, 'queue.manage', async (ctx, actor, { body }) => {
    demandChannels(Object.keys(body.weights));
    const before = await readSetting(ctx.companyId, 'channel-weights', channelWeights);
    await writeSetting(ctx.companyId, 'channel-weights', body);
    await audit(ctx, actor, { action: 'channel-weights.changed', subject: { kind: 'settings', id: null, name: 'channel-weights' }, before, after: body });
    return body;
  }),
  route(everywhere.routingSettings, 'ticket.read', async (ctx) => routingSettingsOf(ctx.companyId)),
  route(everywhere.putRoutingSettings, 'queue.manage', async (ctx, actor, { body }) => {
    const before = await routingSettingsOf(ctx.companyId);
    await putRoutingSettings(ctx, body);
    await audit(ctx, actor, { action: 'routing-settings.changed', subject: { kind: 'settings', id: null, name: 'routing' }, before, after: body });
    return body;
  }),
];
