import type { Message } from '../../../protocol';
import { mayEmbed, webchatSettings } from '../../../server/channels/webchat/settings';
import { readToken } from '../../../server/channels/webchat/session-token';
import { sign } from '../../../server/kernel';
import { chatMessageOf } from '../../../server/channels/webchat/view';

const message = (kind: Message['kind']): Message => ({
  id: 'a'.repeat(24), ticketId: 'b'.repeat(24), seq: 3, clientId: 'client-1', kind, channel: 'webchat', author: { id: 'c'.repeat(24), name: 'Kim' }, subject: '', text: 'hello', html: '<p>hello</p>', replyText: null, to: [], cc: [],
  attachments: [{ id: 'd'.repeat(24), name: 'a.png', type: 'image/png', size: 5, inline: false, url: '/files/x' }, { id: 'e'.repeat(24), name: 'logo', type: 'image/png', size: 5, inline: true, url: '/files/y' }],
  call: null, system: null, automatic: false, delivery: null, at: '2027-01-01T00:00:00.000Z', receivedAt: '2027-01-01T00:00:00.000Z',
});

describe('what a visitor sees', () => {
  it('is never a note, a call or a system entry', () => {
    for (const kind of ['note', 'call', 'system'] as const) expect(chatMessageOf(message(kind))).toBeNull();
  });

  it('is the agent\'s words with name and files, fetched where the token is asked for', () => {
    expect(chatMessageOf(message('agent'))).toMatchObject({ from: 'agent', name: 'Kim', html: '<p>hello</p>', attachments: [{ name: 'a.png', url: `/api/v1/widget/attachments/${'d'.repeat(24)}` }] });
    expect(chatMessageOf(message('customer'))).toMatchObject({ from: 'me', name: '', html: null });
    expect(JSON.stringify(chatMessageOf(message('agent')))).not.toContain('c'.repeat(24));
  });
});

describe('who may come', () => {
  it('is any site when none is listed, else those listed', () => {
    const open = webchatSettings.parse({});
    const closed = webchatSettings.parse({ origins: ['https://shop.example/'] });
    expect(mayEmbed(open, 'https://anywhere.example')).toBe(true);
    expect(mayEmbed(closed, 'https://SHOP.example')).toBe(true);
    expect(mayEmbed(closed, 'https://shop.example.evil.example')).toBe(false);
    expect(mayEmbed(closed, undefined)).toBe(true);
  });

  it('needs a token that this installation signed, before any query', () => {
    const secrets = { signing: 'a secret' };
    const text = 'company.session.secret';
    const token = `${text}.${sign(secrets, 'widget-session', text)}`;
    expect(readToken(secrets, token)).toEqual({ companyId: 'company', sessionId: 'session', secret: 'secret' });
    expect(readToken({ signing: 'another' }, token)).toBeNull();
    for (const wrong of [undefined, 7, '', 'a.b.c', `${token}.x`, token.replace('company', 'compan1'), 'x'.repeat(500)]) expect(readToken(secrets, wrong)).toBeNull();
  });
});
