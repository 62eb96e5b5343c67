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

test('a file taken out of a draft goes, as do those of a draft that is thrown away; what a message or another draft shows stays', async () => {
  const author = ann as Actor;
  const [dropped, shown, kept, theirs] = [await uploaded(author), await uploaded(author), await uploaded(author), await file({ kind: 'ticket', id: one as string })];
  const save = (clientId: string, attachmentIds: string[]) => saveDraft(floor.ctx, author, { clientId, content: { ticketId: one as string, text: 'x', attachmentIds } });
  const there = async (): Promise<boolean[]> => Promise.all([dropped, shown, kept, theirs].map(async (id) => (await storeBlobs.info(floor.ctx.companyId, id)) !== null));
  await save('draft-files', [dropped, shown, kept, theirs]);
  await save('draft-files', [shown, kept, theirs]);
  expect(await there()).toEqual([false, true, true, true]);
  await send(author, one as string, shown);
  await save('draft-twin', [kept]);
  await discardDraft(floor.ctx, author, 'draft-files');
  expect(await there()).toEqual([false, true, true, true]);
  await discardDraft(floor.ctx, author, 'draft-twin');
  expect(await there()).toEqual([false, true, true, true]);
  const alone = await uploaded(author);
  await save('draft-alone', [alone]);
  await discardDraft(floor.ctx, author, 'draft-alone');
  expect(await storeBlobs.info(floor.ctx.companyId, alone)).toBeNull();
});
