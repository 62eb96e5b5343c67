import { createAccount } from '../../server/access';
import { agentById } from '../../server/workforce';
import { becomeAgent } from '../../server/workforce/become-agent';
import { openFloor, queueOn, type Floor } from '../tickets/house';
import { until } from '../support/session';

let floor: Floor;
beforeAll(async () => { floor = await openFloor(); }, 60_000);
afterAll(() => floor.stop());

const account = (name: string, roles: string[]) => createAccount(floor.ctx, floor.boss, { email: `${name.toLowerCase()}@example.com`, name, roles, password: 'correct horse battery' });
const agent = (id: string) => agentById(floor.ctx.companyId, id);

test('whoever may take work is an agent, and serves the queue where there is but one; an administrator becomes one when they want to be', async () => {
  const queue = await queueOn(floor);
  const [author, boss, first] = [await account('Author', ['author']), await account('Boss', ['administrator']), await account('First', ['agent'])];
  const enrolled = await until('the first agent', () => agent(first._id));
  expect([enrolled.queueIds, enrolled.name, enrolled.state]).toEqual([[queue._id], 'First', 'offline']);
  expect([await agent(author._id), await agent(boss._id)]).toEqual([null, null]);
  expect([await becomeAgent(floor.ctx, { id: boss._id, name: 'Boss' }), await becomeAgent(floor.ctx, { id: boss._id, name: 'Boss' })]).toEqual([true, false]);
  expect((await agent(boss._id))?.queueIds).toEqual([queue._id]);
  await queueOn(floor);
  const second = await account('Second', ['technician']);
  expect((await until('the second agent', () => agent(second._id))).queueIds).toEqual([]);
});
