import { companyById } from '../access';
import { brandAt, presentBrand } from '../brands';
import { sendSystemMail } from '../channels/email';
import type { HelpPorts } from '../help-centre';
import { readSetting } from '../kernel';
import { settingsKind } from './channel-host';
import { onlineState } from './chat-state';
import { receiveWithRun } from './guide-tickets';
import { widgetShape } from './widget-settings';

/** What the help centre needs from channels: the widget's colour, who is there, and a way in. */
export const helpPorts: HelpPorts = {
  async brand(ctx, asked) {
    const brand = await brandAt(ctx.companyId, asked);
    if (brand) return { ...presentBrand(brand), ownHost: brand.hosts.includes(asked.host.toLowerCase()) };
    const [company, { colour }] = await Promise.all([companyById(ctx.companyId), readSetting(ctx.companyId, settingsKind('webchat'), widgetShape)]);
    return { id: null, name: company?.name ?? '', colour, logoUrl: null, locale: company?.locale ?? 'en', queueId: '', ownHost: false };
  },
  position: (ctx) => onlineState(ctx),
  sendMail: sendSystemMail,
  async take(ctx, letter) {
    const { queueId } = await readSetting(ctx.companyId, settingsKind('webchat'), widgetShape);
    await receiveWithRun(ctx, {
      channel: 'webform', sourceId: letter.sourceId, kind: 'message', from: { kind: 'email', value: letter.email, name: letter.name, verified: letter.verified }, to: [], cc: [], subject: letter.subject, text: letter.text, html: null, replyText: null, attachments: [], call: null,
      at: new Date(ctx.clock.now()), locale: letter.locale, thread: { references: [], forwarded: false, ...(letter.ticketId ? { ticketId: letter.ticketId } : {}) }, automatic: false, bounce: null, spam: false, queue: letter.queueId || queueId || null, handledBy: null, attributes: letter.attributes, clientId: null, rawBlobId: null,
    });
  },
};
