import { system, type Actor } from '../../server/kernel';
import { Daily, type DailyDoc } from '../../server/supervision/daily.model';
import { rollUp } from '../../server/supervision/roll-up';
import { addMessage } from '../../server/tickets/add-message';
import { agentOn, arrive, openFloor, queueOn, type Floor } from '../tickets/house';

let floor: Floor;
beforeAll(async () => { floor = await openFloor(); }, 60_000);
afterAll(() => floor.stop());

test('a reply counts for who wrote it and for the queue its ticket is in; a note and what a machine says count for neither', async () => {
  const queue = await queueOn(floor);
  const agentId = await agentOn(floor, [queue._id]);
  const { ticket } = await arrive(floor, queue._id);
  const agent: Actor = { kind: 'account', id: agentId, name: 'Agent', abilities: new Set(), scope: 'all', teamId: null, sessionId: '' };
  const said = [['one', 'agent', agent], ['two', 'note', agent], ['three', 'agent', agent], ['three', 'agent', agent], ['four', 'agent', system('queue')]] as const;
  for (const [clientId, kind, by] of said) await addMessage(floor.ctx, by, { ticket, message: { clientId, kind, channel: 'webchat', text: 'On its way.' } });
  await floor.services.relay.settle();
  floor.pass(60_000);
  await rollUp(floor.ctx);
  const rows = await Daily.find({ companyId: floor.ctx.companyId, subjectId: { $in: [queue._id, agentId] } }).lean<DailyDoc[]>();
  expect(rows.map(({ kind, channel, replies }) => [kind, channel, replies]).sort()).toEqual([['agent', 'webchat', 2], ['queue', 'webchat', 2]]);
});
