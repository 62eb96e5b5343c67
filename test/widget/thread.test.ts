import fc from 'fast-check';
import type { ChatMessage } from '../../protocol';
import { askFrom, confirm, emptyThread, lastSeq, unreadCount, withPending } from '../../widget/frame/thread';
import type { Pending } from '../../widget/frame/thread';

const row = (seq: number, more: Partial<ChatMessage> = {}): ChatMessage =>
  ({ id: `id-${seq}`, seq, clientId: `client-${seq}`, from: 'agent', name: 'Kim', text: `text ${seq}`, html: null, attachments: [], at: new Date(1_700_000_000_000 + seq * 1000).toISOString(), ...more });
const pending = (clientId: string): Pending => ({ clientId, text: 'x', attachments: [], at: 0 });

describe('the thread', () => {
  it('shows every message once and in its place, however often and in whatever order it is told', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 }), { maxLength: 12 }), (batches) => {
      const thread = batches.reduce((now, seqs) => confirm(now, seqs.map((seq) => row(seq))), emptyThread);
      const seqs = thread.rows.map(({ seq }) => seq);
      expect(seqs).toEqual([...new Set(batches.flat())].sort((a, b) => a - b));
    }));
  });

  it('takes a confirmed message out of what is on its way, whichever comes first', () => {
    const sent = withPending(emptyThread, [pending('client-1'), pending('client-2')]);
    const told = confirm(sent, [row(1, { from: 'me' })]);
    expect(told.pending.map(({ clientId }) => clientId)).toEqual(['client-2']);
    expect(withPending(told, [pending('client-1')]).pending).toEqual([]);
  });

  it('begins anew when a place is taken by a later message of another conversation', () => {
    const old = confirm(emptyThread, [row(1), row(2), row(9)]);
    const fresh = row(1, { id: 'other', clientId: 'other', at: new Date(1_800_000_000_000).toISOString() });
    expect(confirm(old, [fresh]).rows).toEqual([fresh]);
    expect(confirm(confirm(old, [fresh]), [row(1), row(2)]).rows).toEqual([fresh]);
  });

  it('counts what the other side said after the place read last', () => {
    expect(unreadCount([row(1), row(2, { from: 'me' }), row(3)], 1)).toBe(1);
    expect(lastSeq([])).toBe(0);
  });

  it('asks again for a stretch that may have been overtaken', () => {
    expect(askFrom(5)).toBe(0);
    expect(askFrom(100)).toBe(80);
  });
});
