// The door of the web chat channel.
import { defineChannel } from '../channel';
import { receiveLetter } from './letter';
import { forgetVisitors } from './session.model';
import { webchatSettings } from './settings';
import { webchatRoutes } from './webchat.routes';
import { tellVisitor, webchatSockets } from './webchat.sockets';

export { identityKind, identitySettings, type IdentityKey } from './settings';

/** Web chat: the widget on a company's pages, live over Socket.IO, and its letters when nobody is there. */
export const channel = defineChannel({
  manifest: { id: 'webchat', name: 'Web chat', icon: 'message-circle', media: 'text', pace: 'live', weight: 33, interruptible: false, composer: { reply: true, subject: false, html: true, attachments: true, cc: false, maxLength: 20_000 } },
  settings: webchatSettings,
  receive: receiveLetter,
  // The message is in the visitor's thread already and reaches every open widget as it is stored; a closed one finds it there.
  send: async (_host, { customer }) => (customer.kind === 'email' ? { state: 'failed', reason: 'answer-by-email' } : { state: 'sent' }),
  sentWhenStored: (customer) => customer.kind !== 'email',
  routes: webchatRoutes,
  sockets: webchatSockets,
  told: tellVisitor,
  forget: forgetVisitors,
});
