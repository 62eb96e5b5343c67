import { newId } from '../../../server/kernel';
import { changeCustomer } from '../../../server/customers';
import { addHours } from '../../../server/service-levels';
import { removeHours } from '../../../server/service-levels/configure-hours';
import type { RoutingRule } from '../../../protocol';
import { fits, judgeRules, says, type Facts } from '../../../server/tickets/routing/evaluate-rules';
import { putRules, rulesOf } from '../../../server/tickets/routing/routing-rules';
import { tryRules } from '../../../server/tickets/routing/try-rules';
import { roomOf, Skills } from '../../../server/workforce';
import { removeQueue } from '../../../server/workforce/configure-queue';
import { ringsOf } from '../../../server/workforce/work-item-of';
import { refusal } from '../../access/house';
import { arrive, openFloor, queueOn, type Floor } from '../house';

const rule = (when: RoutingRule['when'], then: RoutingRule['then'] = {}, more: Partial<RoutingRule> = {}): RoutingRule => ({ id: newId(), name: 'Rule', active: true, when, then, ...more });
const facts: Facts = {
  channel: 'email', to: ['billing@example.com'], from: 'nina@shop.example', subject: 'Invoice 4711 is wrong', text: 'Please send a new one.\nThe 한국어 invoice', language: 'en', attributes: { plan: 'Gold', topic: 'Billing' }, customer: { tier: 'VIP', locale: 'pt' }, isOpen: (id) => (id === 'gone' ? null : id === 'open'),
};
const verdicts = (...rules: RoutingRule[]) => judgeRules(rules, facts).map((each) => each.verdict);
const holds = (when: RoutingRule['when']) => verdicts(rule(when))[0] === 'chosen';

describe('a condition', () => {
  test.each<[RoutingRule['when'], boolean]>([
    [{}, true], [{ channels: ['webchat', 'email'] }, true], [{ channels: ['voice'] }, false], [{ to: ['*@EXAMPLE.com'] }, true], [{ to: ['sales@*'] }, false], [{ from: ['nina@*.example'] }, true],
    [{ subject: ['invoice'] }, true], [{ subject: ['new one'] }, false], [{ words: ['new  ONE'] }, true], [{ words: ['invo'] }, false], [{ words: ['invo*'] }, true], [{ words: ['한국'] }, true],
    [{ languages: ['en-GB'] }, true], [{ languages: ['fr'] }, false], [{ topics: ['billing'] }, true], [{ attributes: [{ name: 'plan', values: ['gold', 'silver'] }] }, true], [{ attributes: [{ name: 'plan', values: [] }, { name: 'seat', values: [] }] }, false],
    [{ customer: [{ name: 'tier', values: ['vip'] }] }, true], [{ customer: [{ name: 'tier', values: ['basic'] }] }, false], [{ channels: ['email'], languages: ['fr'] }, false], [{ channels: [] }, true],
    [{ hours: { hoursId: 'open', open: true } }, true], [{ hours: { hoursId: 'shut', open: false } }, true], [{ hours: { hoursId: 'gone', open: false } }, false],
  ])('%j is %s', (when, held) => expect(holds(when)).toBe(held));

  test('patterns have no surprises', () => {
    expect([fits('a*b*c', 'a-b-b-c'), fits('*', ''), fits('ab*ba', 'aba'), fits('a.c', 'abc'), fits('**x', 'x')]).toEqual([true, true, false, false, true]);
    expect([says('a**a*b', 'a'.repeat(20_000)), says('re**d', 'resend')]).toEqual([false, true]);
    expect([says('c++', 'I use C++ here'), says('.*', 'abc'), says('re*', 'Resend'), says('(', 'a ( b')]).toEqual([true, false, true, true]);
  });
});

test('the first rule that holds decides; the table says of each why', () => {
  const judged = judgeRules([rule({}, {}, { active: false }), rule({ languages: ['fr'], channels: ['email'] }), rule({ subject: ['invoice'] }), rule({}), rule({ channels: ['voice'] })], facts);
  expect(judged.map((each) => each.verdict)).toEqual(['inactive', 'not-matched', 'chosen', 'not-reached', 'not-matched']);
  expect(judged[1]?.looked).toEqual([{ condition: 'channels', held: true, wanted: 'email', found: 'email' }, { condition: 'languages', held: false, wanted: 'fr', found: 'en' }]);
});

test('skills of rules come on top of the queue\'s and are relaxed with them', () => {
  const queue = { requirement: { french: 2 }, rings: [{ afterSeconds: 30, drop: ['billing'], lower: { french: 1 }, anyone: false }, { afterSeconds: 60, drop: [], lower: {}, anyone: true }] };
  expect(ringsOf(queue, { french: 4, billing: 3 }).map((ring) => ring.requirement)).toEqual([{ french: 4, billing: 3 }, { french: 1 }, {}]);
});

describe('on tickets', () => {
  let floor: Floor;
  beforeAll(async () => { floor = await openFloor(); }, 60_000);
  afterAll(() => floor.stop());

  test('a new one goes where the table says, with skills, priority and tags; a known one stays', async () => {
    const [first, second] = [await queueOn(floor), await queueOn(floor)];
    const skill = newId();
    await Skills.create({ _id: skill, companyId: floor.ctx.companyId, name: 'French', nameKey: 'french' });
    const rows = [rule({ languages: ['fr'] }, { queueId: second._id, priority: 'high', tags: ['french'], skills: { [skill]: 3 } }, { name: 'French' })];
    await putRules(floor.ctx, { rows, version: 0 });
    const { ticket, work } = await arrive(floor, first._id, { text: 'Bonjour, je voudrais savoir pourquoi ma commande est en retard' });
    expect(ticket).toMatchObject({ queueId: second._id, priority: 'high', tags: ['french'], requirement: { [skill]: 3 }, intake: { queueId: first._id, language: 'fr', rule: 'French' } });
    expect([work?.queueId, work?.priorityMinutes, work?.requirement]).toEqual([second._id, 30, { [skill]: 3 }]);
    expect(await roomOf(floor.ctx).item(work?._id ?? '')).toMatchObject({ queueId: second._id });
    const english = await arrive(floor, first._id, { text: 'Good morning, where is the order that I placed last week?' });
    expect([english.ticket.queueId, english.ticket.tags]).toEqual([first._id, []]);
    await arrive(floor, first._id, { from: { kind: 'visitor', value: english.ticket.customerContact, name: 'Vera', verified: false }, text: 'Et pourquoi est-ce que personne ne me répond ici ?' });
    expect((await arrive(floor, first._id)).ticket.queueId).toBe(first._id);
  });

  test('a table can be tried on a ticket that came in the past, with the hours of then, and changes nothing', async () => {
    const [first, second] = [await queueOn(floor), await queueOn(floor)];
    const morning = await addHours(floor.ctx, { name: 'Morning', timeZone: 'UTC', week: Array.from({ length: 7 }, () => [{ from: '08:00', to: '12:00' }]) });
    const { ticket } = await arrive(floor, first._id, { attributes: { plan: 'gold' } });
    await changeCustomer(floor.ctx, floor.boss, { id: ticket.customerId, organisation: 'Shop Ltd' });
    floor.pass(6 * 3_600_000);
    const trial = await tryRules(floor.ctx, floor.boss, { ticketNumber: ticket.number, rows: [rule({ hours: { hoursId: morning._id, open: false } }), rule({ customer: [{ name: 'organisation', values: ['shop*'] }], attributes: [{ name: 'plan', values: ['gold'] }], words: ['hub'] }, { queueId: second._id, tags: ['gold'] }), rule({})] });
    expect(trial.rules.map((each) => each.verdict)).toEqual(['not-matched', 'chosen', 'not-reached']);
    expect([trial.queueId, trial.then.tags, trial.rules[0]?.looked]).toEqual([second._id, ['gold'], [{ condition: 'hours', held: false, wanted: 'closed', found: 'open' }]]);
    expect(await refusal(tryRules(floor.ctx, floor.boss, { ticketNumber: 9999, rows: [] }))).toBe('not-found');
  });

  test('a table that names what is not there, or is based on an older one, is refused', async () => {
    const gone = '0'.repeat(24);
    const { version } = await rulesOf(floor.ctx);
    const put = (one: RoutingRule, at = version) => refusal(putRules(floor.ctx, { rows: [one], version: at }));
    expect([await put(rule({}, { queueId: gone })), await put(rule({}, { skills: { [gone]: 1 } })), await put(rule({ hours: { hoursId: gone, open: true } })), await put(rule({ channels: ['web*', 'telex'] })), await put(rule({}), version - 1)]).toEqual(['unknown-queue', 'unknown-skill', 'unknown-hours', 'unknown-channel', 'version-conflict']);
  });

  test('what a rule names stays: queue and hours are removed only when no rule needs them', async () => {
    const [queue, hours] = [await queueOn(floor), await addHours(floor.ctx, { name: 'Rule hours' })];
    const { rows, version } = await rulesOf(floor.ctx);
    await putRules(floor.ctx, { rows: [rule({ hours: { hoursId: hours._id, open: true } }, { queueId: queue._id })], version });
    expect([await refusal(removeQueue(floor.ctx, queue._id)), await refusal(removeHours(floor.ctx, hours._id))]).toEqual(['named-by-rule', 'named-by-rule']);
    await putRules(floor.ctx, { rows, version: version + 1 });
    await removeQueue(floor.ctx, queue._id);
    await removeHours(floor.ctx, hours._id);
  });
});
