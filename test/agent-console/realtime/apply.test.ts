import { QueryClient } from '@tanstack/react-query';
import fc from 'fast-check';
import { apply, belongs, overlay, placeTicket, type TicketPages } from '../../../agent-console/realtime/apply';
import { addMessage, type Timeline } from '../../../agent-console/lib/timeline';
import { keys } from '../../../agent-console/api/keys';
import type { Message } from '../../../protocol/messages';
import type { Broadcast } from '../../../protocol/sockets';
import type { Ticket, TicketSummary } from '../../../protocol/tickets';

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 5, 9, minute)).toISOString();
const message = (seq: number, more: Partial<Message> = {}): Message => ({
  id: seq.toString(16).padStart(24, '0'), ticketId: 't', seq, clientId: `client-${seq}`, kind: 'customer', channel: 'email', author: { id: null, name: 'Ana' }, subject: '', text: String(seq), html: null, replyText: null,
  to: [], cc: [], attachments: [], call: null, system: null, automatic: false, delivery: null, at: at(seq), receivedAt: at(seq), ...more,
});
const summary = (id: string, more: Partial<TicketSummary> = {}): TicketSummary => ({
  id, number: 1, subject: 'S', status: 'open', priority: 'normal', channel: 'email', queueId: 'q', ownerId: 'me', customer: { id: 'c', name: 'Ana', address: 'ana@example.test' }, tags: [], preview: '', lastSeq: 1,
  lastMessageAt: at(1), waitingSince: null, dueAt: null, riskAt: null, dueState: null, snoozedUntil: null, unread: false, spam: false, trashedAt: null, createdAt: at(0), version: 1, ...more,
});
const pages = (rows: TicketSummary[], next: string | null = null): TicketPages => ({ pages: [{ rows, next }], pageParams: [''] });
const ids = (data: TicketPages): string[] => data.pages.flatMap((page) => page.rows.map((row) => row.id));

describe('addMessage', () => {
  test('any order of arrival, with repeats, gives the timeline in order of seq and each message once', () => {
    const arrivals = fc.integer({ min: 1, max: 30 }).chain((count) => fc.shuffledSubarray([...Array(count).keys(), ...Array(count).keys()].map((n) => n + 1), { minLength: 2 * count }));
    fc.assert(fc.property(arrivals, (order) => {
      const timeline = order.reduce<Timeline>((known, seq) => addMessage(known, message(seq)), { rows: [], earlier: false });
      expect(timeline.rows.map((one) => one.seq)).toEqual([...new Set(order)].sort((one, other) => one - other));
    }));
  });

  test('a later form of a message takes the place of the earlier one', () => {
    const delivered = message(2, { delivery: { state: 'delivered', reason: '', at: at(3) } });
    const timeline = addMessage({ rows: [message(1), message(2), message(3)], earlier: false }, delivered);
    expect(timeline.rows.map((one) => one.delivery?.state ?? null)).toEqual([null, 'delivered', null]);
  });

  test('a message of the part that was not read yet leaves no gap in what was', () => {
    const known: Timeline = { rows: [message(40), message(41)], earlier: true };
    expect([addMessage(known, message(3)).rows.length, addMessage(known, message(42)).rows.length, addMessage(known, message(41)).rows.length]).toEqual([2, 3, 2]);
  });
});

describe('lists', () => {
  test.each([
    ['mine', {}, true], ['mine', { ownerId: 'you' }, false], ['mine', { status: 'solved' }, false], ['unassigned', { ownerId: null }, true], ['unassigned', {}, false], ['all', { spam: true }, false],
    ['solved', { status: 'closed' }, true], ['solved', { status: 'open' }, false], ['spam', { spam: true }, true], ['trash', { trashedAt: at(1) }, true], ['trash', {}, false], ['team', {}, undefined], ['team', { status: 'solved' }, false],
  ] as const)('a ticket in view %s with %j: %s', (view, more, expected) => {
    expect(belongs(summary('1', more), { view }, 'me')).toBe(expected);
  });

  test('filters exclude, words are left to the server', () => {
    expect(belongs(summary('1'), { view: 'all', queueId: 'other' }, 'me')).toBe(false);
    expect(belongs(summary('1'), { view: 'all', customerId: 'other' }, 'me')).toBe(false);
    expect(belongs(summary('1'), { view: 'all', tag: 'vip' }, 'me')).toBe(false);
    expect(belongs(summary('1', { tags: ['vip'] }), { view: 'all', tag: 'vip' }, 'me')).toBe(true);
    expect(belongs(summary('1'), { view: 'all', q: 'words' }, 'me')).toBeUndefined();
  });

  test('a ticket moves to its place by the last message', () => {
    const data = pages([summary('a', { lastMessageAt: at(9) }), summary('b', { lastMessageAt: at(5) }), summary('c', { lastMessageAt: at(1) })]);
    expect(ids(placeTicket(data, summary('c', { lastMessageAt: at(7), version: 2 }), true))).toEqual(['a', 'c', 'b']);
    expect(ids(placeTicket(data, summary('d', { lastMessageAt: at(0) }), true))).toEqual(['a', 'b', 'c', 'd']);
    expect(ids(placeTicket(data, summary('b', { version: 2 }), false))).toEqual(['a', 'c']);
  });

  test('an older version changes nothing, an unknown fit keeps only what was there', () => {
    const data = pages([summary('a', { version: 5 })]);
    expect(placeTicket(data, summary('a', { version: 4, subject: 'old' }), true)).toBe(data);
    expect(placeTicket(data, summary('z'), undefined)).toBe(data);
    expect(ids(placeTicket(data, summary('a', { version: 6 }), undefined))).toEqual(['a']);
  });

  test('what belongs below the last loaded page waits for that page', () => {
    const data = pages([summary('a', { lastMessageAt: at(9) })], 'more');
    expect(ids(placeTicket(data, summary('z', { lastMessageAt: at(1) }), true))).toEqual(['a']);
  });

  test('overlay keeps what only the full ticket has and ignores an older summary', () => {
    const full: Ticket = { ...summary('a', { version: 3 }), participants: [], fields: {}, givenEmail: null, disposition: null, workItem: null, helpers: [], targets: [], snooze: null, sorting: null, can: ['ticket.reply'] };
    expect(overlay(full, summary('a', { version: 4, subject: 'new' }))).toMatchObject({ subject: 'new', can: ['ticket.reply'] });
    expect(overlay(full, summary('a', { version: 2, subject: 'old' }))).toBe(full);
  });
});

describe('apply', () => {
  const wrap = (name: string, data: unknown): Broadcast => ({ n: 1, id: 'e', name, at: at(2), data }) as Broadcast;
  const place = (client: QueryClient) => {
    const later: string[] = [];
    return { later, place: { client, me: 'me', later: (key: readonly unknown[]) => void later.push(String(key[0])) } };
  };

  test('a message goes into the open timeline and nowhere else', () => {
    const client = new QueryClient();
    client.setQueryData<Timeline>(keys.messages('t'), { rows: [message(1)], earlier: false });
    apply(wrap('message.added', { message: message(2) }), place(client).place);
    apply(wrap('message.added', { message: message(1, { ticketId: 'other' }) }), place(client).place);
    expect(client.getQueryData<Timeline>(keys.messages('t'))?.rows.map((one) => one.seq)).toEqual([1, 2]);
    expect(client.getQueryData(keys.messages('other'))).toBeUndefined();
  });

  test('a timeline that is being read when a message arrives is read again', async () => {
    const client = new QueryClient();
    let finish = (): void => {};
    const reading = client.fetchQuery({ queryKey: keys.messages('t'), queryFn: () => new Promise<Timeline>((resolve) => { finish = () => resolve({ rows: [], earlier: false }); }) });
    const { later, place: where } = place(client);
    apply(wrap('message.added', { message: message(1) }), where);
    expect(later).toContain('messages');
    finish();
    await reading;
  });

  test('a changed ticket asks for counts and for the parts only the server knows', () => {
    const client = new QueryClient();
    client.setQueryData(keys.tickets({ view: 'mine' }), pages([summary('a')]));
    client.setQueryData(keys.tickets({ view: 'team' }), pages([summary('a')]));
    const { later, place: where } = place(client);
    apply(wrap('ticket.changed', { ticket: summary('a', { ownerId: 'you', version: 2 }) }), where);
    expect(ids(client.getQueryData<TicketPages>(keys.tickets({ view: 'mine' })) as TicketPages)).toEqual([]);
    expect(later).toEqual(expect.arrayContaining(['tickets', 'ticket-counts']));
  });

  test('what the first steps ask of all tickets is no list: it is asked again, and lists still follow', () => {
    const client = new QueryClient();
    client.setQueryData([...keys.tickets({ view: 'all' }), 'any'], { rows: [], next: null });
    client.setQueryData(keys.tickets({ view: 'mine' }), pages([summary('a')]));
    const { later, place: where } = place(client);
    apply(wrap('ticket.changed', { ticket: summary('a', { subject: 'New', version: 2 }) }), where);
    expect(client.getQueryData<TicketPages>(keys.tickets({ view: 'mine' }))?.pages[0]?.rows[0]?.subject).toBe('New');
    expect(later).toContain('tickets');
  });

  test('figures and agents of the board are replaced, settings are read again', () => {
    const client = new QueryClient();
    client.setQueryData(keys.board, { at: at(1), queues: [{ queueId: 'q', waiting: 1 }], agents: [{ id: 'x', state: 'away' }], formulas: {} });
    const { later, place: where } = place(client);
    apply(wrap('board.queue', { queue: { queueId: 'q', waiting: 7 } }), where);
    apply(wrap('board.agent', { agent: { id: 'x', state: 'available' } }), where);
    apply(wrap('settings.changed', { kind: 'skills' }), where);
    expect(client.getQueryData(keys.board)).toMatchObject({ at: at(2), queues: [{ waiting: 7 }], agents: [{ state: 'available' }] });
    expect(later).toContain('settings');
  });
});
