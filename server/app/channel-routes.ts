import { channelEndpoints as api, type WidgetSettings } from '../../protocol';
import { audit, companyById } from '../access';
import { brandOnPage, presentBrand } from '../brands';
import type { Channel } from '../channels/channel';
import { readSetting, route, writeSetting, type Actor, type Ctx, type Route } from '../kernel';
import { settingsKind } from './channel-host';
import { onlineState } from './chat-state';
import { identityKeyRoutes } from './identity-keys';
import { changeSources, sourcesOf } from './source-settings';
import { widgetShape } from './widget-settings';

/** Routes about channels that belong to no single one. Mailboxes are the e-mail folder's, calls the telephone's. */
export function channelRoutes(channels: Channel[]): Route[] {
  return [
    ...identityKeyRoutes,
    route(api.channels, 'ticket.read', async () => ({ rows: channels.map((channel) => channel.manifest) })),
    route(api.widget, 'widget.manage', (ctx) => widgetOf(ctx)),
    route(api.changeWidget, 'widget.manage', async (ctx, actor, { body }) => changeWidget(ctx, actor, body)),
    route(api.sources, 'channel.manage', (ctx) => sourcesOf(ctx)),
    route(api.changeSources, 'channel.manage', (ctx, actor, { body }) => changeSources(ctx, actor, body)),
    route(api.publicWidget, null, async (ctx, _actor, { query, request }) => {
      const brand = await brandOnPage(ctx.companyId, { origin: request.headers.origin, key: query.brand });
      const [settings, company, state] = await Promise.all([widgetOf(ctx), companyById(ctx.companyId), onlineState(ctx, brand?.chatQueueId || undefined)]);
      const face = brand ? presentBrand(brand) : { name: company?.name ?? '', colour: settings.colour, locale: settings.locale, logoUrl: null };
      return { title: settings.title, colour: face.colour, locale: face.locale, askFor: settings.askFor, consent: settings.consent, greetings: settings.greetings, company: face.name, logoUrl: face.logoUrl, ...state };
    }),
  ];
}

const widgetOf = (ctx: Ctx): Promise<WidgetSettings> => readSetting(ctx.companyId, settingsKind('webchat'), widgetShape);

async function changeWidget(ctx: Ctx, actor: Actor, change: Partial<WidgetSettings>): Promise<WidgetSettings> {
  const before = await widgetOf(ctx);
  const after = widgetShape.parse({ ...before, ...change });
  await writeSetting(ctx.companyId, settingsKind('webchat'), after);
  await audit(ctx, actor, { action: 'widget.changed', subject: { kind: 'settings', id: null, name: 'widget' }, before: Object.fromEntries(Object.keys(change).map((key) => [key, before[key as keyof WidgetSettings]])), after: change });
  return after;
}

