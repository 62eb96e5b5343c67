// A file belongs to somebody: whoever knows its id could put another ticket's file into a message of theirs, and read it so.
import { actorOf } from '../../server/access';
import { storeBlobs, type Actor } from '../../server/kernel';
import { discardDraft, saveDraft } from '../../server/tickets/draft.model';
import { sendMessage } from '../../server/tickets/send-message';
import { isOwnFile } from '../../server/tickets';
import { agentOn, arrive, openFloor, queueOn, type Floor } from './house';

let floor: Floor;
let [ann, bob]: Actor[] = [];
let [one, other]: string[] = [];
let sent = 0;

beforeAll(async () => {
  floor = await openFloor();
  const queue = await queueOn(floor);
  const agent = async (): Promise<Actor> => (await actorOf(floor.services, { companyId: floor.ctx.companyId, accountId: await agentOn(floor, [queue._id]) })) as Actor;
  [ann, bob] = [await agent(), await agent()];
  [one, other] = (await Promise.all([arrive(floor, queue._id), arrive(floor, queue._id)])).map((each) => each.ticket._id);
}, 60_000);
afterAll(() => floor.stop());

const file = async (owner: { kind: string; id: string }): Promise<string> => (await storeBlobs.put({ companyId: floor.ctx.companyId, owner, name: 'secret.txt', type: 'text/plain', content: Buffer.from('secret') }))._id;
const send = (actor: Actor, ticketId: string, id: string): Promise<unknown> => {
  sent += 1;
  return sendMessage(floor.ctx, actor, { ticketId, input: { clientId: `files-${sent}`, kind: 'note', text: 'See the file', attachmentIds: [id] } });
};
const uploaded = (actor: Actor): Promise<string> => file({ kind: 'pending', id: actor.id ?? '' });

test('what one uploaded goes into one\'s own message, and is on that ticket from then on', async () => {
  const id = await uploaded(ann as Actor);
  await send(ann as Actor, one as string, id);
  await send(bob as Actor, one as string, id);
  await expect(send(ann as Actor, other as string, id)).rejects.toMatchObject({ code: 'bad-input' });
});

test.each([
  ['another ticket\'s file', () => file({ kind: 'ticket', id: other as string })],
  ['a colleague\'s upload', () => uploaded(bob as Actor)],
  ['what a mail brought that is not worked on yet', () => file({ kind: 'pending', id: '' })],
  ['an original of the intake', () => file({ kind: 'intake', id: 'x' })],
])('%s is refused, and stays whose it is', async (_what, put) => {
  const id = await put();
  const before = await storeBlobs.info(floor.ctx.companyId, id);
  await expect(send(ann as Actor, one as string, id)).rejects.toMatchObject({ code: 'bad-input' });
  await saveDraft(floor.ctx, ann as Actor, { clientId: `draft-${id}`, content: { ticketId: one as string, text: 'x', attachmentIds: [id] } });
  expect((await storeBlobs.info(floor.ctx.companyId, id))?.owner).toEqual(before?.owner);
});

test('a draft keeps its file for its author only', async () => {
  const id = await uploaded(ann as Actor);
  await saveDraft(floor.ctx, ann as Actor, { clientId: 'draft-own', content: { text: 'x', attachmentIds: [id] } });
  const info = await storeBlobs.info(floor.ctx.companyId, id);
  expect(info?.owner.kind).toBe('draft');
  expect(await Promise.all([ann, bob].map((actor) => isOwnFile(floor.ctx, actor as Actor, info as NonNullable<typeof info>)))).toEqual([true, false]);
});

describe('a file of a draft', () => {
  const save = (clientId: string, attachmentIds: string[]) => saveDraft(floor.ctx, ann as Actor, { clientId, content: { ticketId: one as string, text: 'x', attachmentIds } });
  const later = async (ids: string[]): Promise<boolean[]> => {
    floor.pass(86_400_000 + 1);
    await storeBlobs.sweep(new Date(floor.now()));
    return Promise.all(ids.map(async (id) => (await storeBlobs.info(floor.ctx.companyId, id)) !== null));
  };

  test('goes a day after it was taken out or its draft thrown away; what a message or another draft shows stays', async () => {
    const author = ann as Actor;
    const files = [await uploaded(author), await uploaded(author), await uploaded(author), await file({ kind: 'ticket', id: one as string })] as const;
    const [dropped, shown, kept, theirs] = files;
    await save('draft-files', [dropped, shown, kept, theirs]);
    await save('draft-files', [shown, kept, theirs]);
    expect(await later([...files])).toEqual([false, true, true, true]);
    await send(author, one as string, shown);
    await save('draft-twin', [kept]);
    await discardDraft(floor.ctx, author, 'draft-files');
    await discardDraft(floor.ctx, author, 'draft-twin');
    const alone = await uploaded(author);
    await save('draft-alone', [alone]);
    await discardDraft(floor.ctx, author, 'draft-alone');
    expect(await later([...files, alone])).toEqual([false, true, true, true, false]);
  });

  test('can be put back, and goes along with a message that is sent while its draft is thrown away', async () => {
    const author = ann as Actor;
    const [cut, sentOn] = [await uploaded(author), await uploaded(author)];
    await save('draft-cut', [cut, sentOn]);
    await save('draft-cut', [sentOn]);
    await save('draft-cut', [cut, sentOn]);
    await discardDraft(floor.ctx, author, 'draft-cut');
    await save('draft-taken-back', [cut]);
    await send(author, one as string, sentOn);
    expect(await later([cut, sentOn])).toEqual([true, true]);
  });
});
