import { z } from 'zod';
import { endpoint } from './endpoint';
import { clientId, count, email, flag, id, locale, moment, nothing, phoneNumber, text } from './fields';
import { attachment } from './messages';

/** A message as the customer may see it: no notes, no internal names. */
export const chatMessage = z.object({
  id: id('Message id'), seq: count('Place in the conversation'), clientId: z.string().describe('As sent'), from: z.enum(['me', 'agent', 'system']).describe('Who wrote it'),
  name: z.string().describe('Agent\'s name, empty for me'), text: z.string().describe('Plain text'), html: z.string().nullable().describe('Sanitised HTML when the agent used rich text'),
  attachments: z.array(attachment.pick({ id: true, name: true, type: true, size: true, url: true })), at: moment('When it was written'),
});
export type ChatMessage = z.output<typeof chatMessage>;

/** Where the conversation stands. */
export const chatState = z.object({
  phase: z.enum(['none', 'waiting', 'active', 'ended']).describe('none: nothing asked yet; waiting: in the queue; active: an agent has it; ended: over'),
  position: count('Place in the queue, 1 is next').nullable(), expectedWait: z.number().nullable().describe('Expected wait in seconds'),
  agentName: z.string().nullable().describe('Who helps'), online: flag('Whether somebody is available'), readSeq: count('The agent has read up to here'),
  opensAt: moment('When the queue opens again; null while it is open').nullable(), ask: z.enum(['email', 'phone']).nullable().describe('What the customer is asked for, so that they need not wait'),
  answerBy: z.object({ kind: z.enum(['email', 'phone']).describe('How'), value: z.string().describe('Address or number'), at: moment('When; null: in its turn').nullable() }).nullable().describe('How the customer is answered instead of here'),
});
export type ChatState = z.output<typeof chatState>;

const topic = z.string().max(200).describe('What it is about');

const trail = { guideRun: z.string().max(120).exactOptional().describe('Token of the guide the visitor comes from: the agent sees what was tried'), session: z.string().max(60).exactOptional().describe('Help session the visitor comes from') };

/** Endpoints of the widget. */
export const webchatEndpoints = {
  open: endpoint({ name: 'widget-session.open', method: 'POST', path: '/widget/sessions', summary: 'Start or resume a widget session; the token goes into the Authorization header or the socket\'s auth, never into an address', audience: 'public',
    body: z.strictObject({ token: z.string().max(2000).exactOptional().describe('Token of an earlier session, to resume it'), identity: z.string().max(8000).exactOptional().describe('JWT signed by the host site'),
      name: text(200, 'Name').exactOptional(), email: email('Address').exactOptional(), locale: locale('Language').exactOptional(), page: z.string().max(2000).exactOptional().describe('Address of the page'), brand: z.string().max(40).exactOptional().describe('Key of the brand the page names; one that the page\'s host shows goes before it') }),
    response: z.object({ token: z.string().describe('Session token'), visitorId: z.string().describe('Visitor id'), name: z.string().describe('Name as known'), verified: flag('Identity was signed') }) }),
  messages: endpoint({ name: 'widget-message.list', method: 'GET', path: '/widget/messages', summary: 'Messages of my conversation after a place', audience: 'customer',
    query: z.strictObject({ afterSeq: z.coerce.number().int().min(0).default(0).describe('Only later ones') }), response: z.object({ rows: z.array(chatMessage), state: chatState }) }),
  upload: endpoint({ name: 'widget-attachment.upload', method: 'POST', path: '/widget/attachments', summary: 'Upload one file (multipart/form-data, part "file", up to 10 MB)', audience: 'customer', response: attachment }),
  callback: endpoint({ name: 'widget-callback.post', method: 'POST', path: '/widget/callbacks', summary: 'Be called back instead of waiting, keeping one\'s place; or at a moment', audience: 'customer', body: z.strictObject({ phone: phoneNumber, at: moment('When to be called; absent: in one\'s turn').exactOptional() }), response: z.object({ state: chatState }) }),
  answerByEmail: endpoint({ name: 'widget-address.post', method: 'POST', path: '/widget/address', summary: 'Be answered by e-mail instead of waiting', audience: 'customer', body: z.strictObject({ email: email('Address to answer to') }), response: z.object({ state: chatState }) }),
  transcript: endpoint({ name: 'widget-transcript.post', method: 'POST', path: '/widget/transcripts', summary: 'Have the conversation mailed to an address, once somebody has answered in it', audience: 'customer', body: z.strictObject({ email: email('Address') }), response: nothing }),
  leave: endpoint({ name: 'widget-form.post', method: 'POST', path: '/widget/letters', summary: 'Write when nobody is there: becomes a ticket answered by e-mail', audience: 'customer',
    body: z.strictObject({ clientId, email: email('Address to answer to'), name: text(200, 'Name').exactOptional(), text: text(50_000, 'Message'), ...trail }), response: nothing }),
};

/** What a widget sends; every event is acknowledged. */
export const customerSends = {
  hello: z.strictObject({ afterSeq: count('Last message the widget has') }),
  'message.send': z.strictObject({ clientId, text: z.string().trim().min(1).max(20_000).describe('Plain text'), attachmentIds: z.array(id('Uploaded file')).max(10).default([]), topic: topic.exactOptional(), ...trail }),
  typing: z.strictObject({ on: flag('Started or stopped') }),
  read: z.strictObject({ seq: count('Read up to here') }),
  'chat.end': z.strictObject({}),
  'chat.rate': z.strictObject({ score: z.int().min(1).max(5).describe('1 bad to 5 good'), comment: text(2000, 'Why').exactOptional() }),
} as const;

/** What a widget gets back in the acknowledgement of each event. */
export interface CustomerAnswers {
  hello: { rows: ChatMessage[]; state: ChatState };
  'message.send': { message: ChatMessage };
  typing: Record<string, never>;
  read: Record<string, never>;
  'chat.end': Record<string, never>;
  'chat.rate': Record<string, never>;
}

/** What the server tells a widget. */
export interface ToCustomer {
  message: ChatMessage;
  typing: { on: boolean; name: string };
  state: ChatState;
}
