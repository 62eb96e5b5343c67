// A ticket with much on it.
import { setTimeout as sleep } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { inStore } from '../../support/session';
import { hall, mail, openTicket } from './hall';

interface Page { rows: { seq: number }[]; more: boolean }
const page = (id: string, query: string) => hall.admin.read<Page>('GET', `/tickets/${id}/messages?${query}`);
const seqs = ({ rows }: Page) => [rows[0]?.seq, rows.at(-1)?.seq, rows.length];

/** Puts entries on a ticket behind the server's back; answers the number of its last. */
async function lengthen(ticketId: string, by: number): Promise<number> {
  return inStore(hall.server.dataDir, async (db) => {
    type Doc = { _id: string; seq: number };
    const last = await db.collection<Doc>('messages').find({ ticketId }).sort({ seq: -1 }).limit(1).next();
    if (!last) throw new Error('the ticket has no message');
    const copies = Array.from({ length: by }, (_, index) => ({ ...last, _id: new mongo.ObjectId().toHexString(), clientId: `long-${index}`, seq: last.seq + 1 + index, kind: 'note', text: `Entry ${last.seq + 1 + index}`, html: null, replyText: null, pending: [], refs: [] }));
    await db.collection<Doc>('messages').insertMany(copies);
    return last.seq + by;
  });
}

it('a long ticket shows its end first, and what came before as one scrolls up, in order and without a jump', async () => {
  const id = await mail('A long story');
  const last = await lengthen(id, 300);
  expect([seqs(await page(id, 'beforeSeq=9007199254740991&limit=40')), seqs(await page(id, 'beforeSeq=3&limit=40')), (await page(id, `beforeSeq=${last}&limit=5`)).more, (await page(id, 'beforeSeq=3')).more])
    .toEqual([[last - 39, last, 40], [1, 2, 2], true, false]);
  const { page: desk } = hall.ana;
  await openTicket(desk, id);
  await desk.getByTestId('message').filter({ hasText: `Entry ${last}` }).waitFor();
  const first = await desk.getByTestId('message').count();
  // Entries take their true height when they come into sight: what is measured is what coming in above moves, so that comes a moment later.
  const older = /\/messages\?.*beforeSeq=/;
  await desk.route(older, async (route) => {
    await sleep(400);
    await route.continue();
  });
  const moved = await desk.getByTestId('timeline').evaluate(async (region) => {
    region.scrollTop = 700;
    const seen = [...region.querySelectorAll('[data-testid=message]')].find((one) => one.getBoundingClientRect().top > region.getBoundingClientRect().top);
    const count = () => region.querySelectorAll('[data-testid=message]').length;
    const place = () => seen?.getBoundingClientRect().top ?? 0;
    const before = count();
    let top = place();
    for (; count() === before; await new Promise(requestAnimationFrame)) top = place();
    return Math.abs(place() - top);
  });
  await desk.unroute(older);
  await desk.waitForFunction(() => {
    const region = document.querySelector('[data-testid=timeline]');
    if (region) region.scrollTop = 0;
    return document.querySelector('[data-testid=message][data-kind=customer]') !== null;
  });
  const order = await desk.getByTestId('message').evaluateAll((all) => all.map((each) => Number((each as HTMLElement).dataset['seq'])));
  expect([first < 120, moved < 3, order.at(-1), order.every((seq, index) => index === 0 || seq > (order[index - 1] ?? 0)), order.length > 300]).toEqual([true, true, last, true, true]);
}, 60_000);
