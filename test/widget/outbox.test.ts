import fc from 'fast-check';
import type { ChatMessage } from '../../protocol';
import { Refusal } from '../../widget/frame/api';
import { createKeep } from '../../widget/frame/keep';
import { Outbox } from '../../widget/frame/outbox';
import type { Pending } from '../../widget/frame/thread';

const written = (n: number): Pending => ({ clientId: `client-${n}`, text: `text ${n}`, attachments: [], at: n });
const keepOf = () => createKeep('t', () => undefined, true);
const settled = () => new Promise((done) => setTimeout(done, 0));

/** What the far end does with each attempt: store and answer, store and let the answer be lost, or hear nothing. */
type Luck = 'answered' | 'answer lost' | 'lost';

function farEnd(luck: (attempt: number) => Luck, refuse: (clientId: string) => string | null = () => null) {
  const stored: string[] = [];
  let attempts = 0;
  return {
    stored,
    async send({ clientId, text }: Pending): Promise<ChatMessage> {
      const outcome = luck(attempts++);
      await settled();
      const refused = refuse(clientId);
      if (refused) throw new Refusal(refused);
      if (outcome !== 'lost' && !stored.includes(clientId)) stored.push(clientId);
      if (outcome !== 'answered') throw new Refusal('offline');
      return { id: clientId, seq: stored.indexOf(clientId) + 1, clientId, from: 'me', name: '', text, html: null, attachments: [], at: '' };
    },
  };
}

const wired = (end: ReturnType<typeof farEnd>, keep = keepOf()) => {
  const confirmed: string[] = [];
  const outbox = new Outbox({ keep, send: end.send, changed: () => undefined, stored: ({ clientId }) => void confirmed.push(clientId), pause: settled as () => Promise<void> });
  return { outbox, confirmed };
};

const emptied = async (outbox: Outbox) => {
  for (let turn = 0; turn < 5000 && outbox.pending.some((one) => !one.refused); turn++) await settled();
};

describe('the outbox', () => {
  it('delivers every message once and in the order written, whatever the line does', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom<Luck>('answered', 'answer lost', 'lost'), { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 8 }), async (lucks, count) => {
      const end = farEnd((attempt) => lucks[attempt] ?? 'answered');
      const { outbox, confirmed } = wired(end);
      outbox.online(true);
      for (let n = 0; n < count; n++) outbox.add(written(n));
      await emptied(outbox);
      const wanted = Array.from({ length: count }, (_, n) => `client-${n}`);
      expect(end.stored).toEqual(wanted);
      expect(confirmed).toEqual(wanted);
    }), { numRuns: 40 });
  });

  it('waits while there is no line, and survives a reload', async () => {
    const keep = keepOf();
    const end = farEnd(() => 'answered');
    wired(end, keep).outbox.add(written(1));
    wired(end, keep).outbox.add(written(2));
    await settled();
    expect(end.stored).toEqual([]);
    const { outbox } = wired(end, keep);
    expect(outbox.pending.map(({ clientId }) => clientId)).toEqual(['client-1', 'client-2']);
    outbox.online(true);
    await emptied(outbox);
    expect(end.stored).toEqual(['client-1', 'client-2']);
    expect(keep.names('out:')).toEqual([]);
  });

  it('sets a refused message aside, sends the others, and sends it again only when asked', async () => {
    let refused = true;
    const end = farEnd(() => 'answered', (clientId) => (clientId === 'client-1' && refused ? 'sender-blocked' : null));
    const { outbox } = wired(end);
    outbox.online(true);
    [1, 2].forEach((n) => outbox.add(written(n)));
    await emptied(outbox);
    expect(end.stored).toEqual(['client-2']);
    expect(outbox.pending).toEqual([{ ...written(1), refused: 'sender-blocked' }]);
    refused = false;
    outbox.retry('client-1');
    await emptied(outbox);
    expect(end.stored).toEqual(['client-2', 'client-1']);
  });

  it('tries again by itself what was refused for the moment only', async () => {
    let left = 2;
    const end = farEnd(() => 'answered', () => (left-- > 0 ? 'too-many-requests' : null));
    const { outbox } = wired(end);
    outbox.online(true);
    outbox.add(written(1));
    await emptied(outbox);
    expect(end.stored).toEqual(['client-1']);
  });

  it('lets go of what another tab has sent, and of everything when the visitor changes', () => {
    const { outbox } = wired(farEnd(() => 'lost'));
    [1, 2, 3].forEach((n) => outbox.add(written(n)));
    outbox.confirmed(new Set(['client-2']));
    expect(outbox.pending.map(({ clientId }) => clientId)).toEqual(['client-1', 'client-3']);
    outbox.clear();
    expect(outbox.pending).toEqual([]);
  });
});
