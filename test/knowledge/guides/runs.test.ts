// Runs against a real store: going on elsewhere, taking back, answers that come twice, tickets, the report.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guideGraph, type GuideAnswer, type GuideGraph, type GuideView } from '../../../protocol';
import type { Actor } from '../../../server/kernel';
import { Guides } from '../../../server/knowledge/guides/guide.model';
import { GuideRuns, runById } from '../../../server/knowledge/guides/guide-run.model';
import { reportOf } from '../../../server/knowledge/guides/guide-report';
import { pressRun, promptOf } from '../../../server/knowledge/guides/phone-run';
import { setGuidePorts, type GuideTicket } from '../../../server/knowledge/guides/ports';
import { answerRun, linkRun, resumeRun, rewindRun, runOfToken, startRun, sweepLeft, tokenOf, viewOf } from '../../../server/knowledge/guides/run-guide';
import { addGuide, archiveGuide, changeGuide, publishGuide } from '../../../server/knowledge/guides/write-guide';
import { openHouse, refusal, type House } from '../../access/house';

const written = JSON.parse(readFileSync(join(__dirname, '../../../server/app/demo/guides.json'), 'utf8')) as Record<string, { graph: unknown }>;
const graphOf = (name: string): GuideGraph => guideGraph.parse(written[name]?.graph);
const opened: GuideTicket[] = [];
let house: House;
let author: Actor;
const ids: Record<string, string> = {};

beforeAll(async () => {
  house = await openHouse();
  author = house.system;
  setGuidePorts({ openTicket: async (_ctx, ticket) => { opened.push(ticket); return 'd'.repeat(24); }, demandTicket: async () => undefined });
  for (const name of ['hub', 'order', 'login']) {
    const guide = await addGuide(house.ctx, author, { category: '', audience: 'public', graph: graphOf(name) });
    ids[name] = guide._id;
    await publishGuide(house.ctx, author, guide._id);
  }
}, 60_000);
afterAll(() => house.stop());

const start = (name: string, locale = 'en', front: 'widget' | 'phone' = 'widget') => startRun(house.ctx, { guideId: ids[name] ?? '', locale, front });
async function answer(view: GuideView, said: string, more: Partial<GuideAnswer> = {}): Promise<GuideView> {
  const run = await runById(house.ctx.companyId, view.runId);
  if (!run) throw new Error('no run');
  return answerRun(house.ctx, run, { input: { nodeId: view.step.nodeId, answer: said, ...more }, walker: { front: 'widget', by: 'customer' } });
}
const load = async (view: GuideView) => (await runById(house.ctx.companyId, view.runId)) ?? Promise.reject(new Error('no run'));

test('a run keeps its path over front ends and languages, and ends once', async () => {
  const first = await start('hub', 'ko');
  expect(first.step.choices.map((choice) => choice.label)).toEqual(['꺼져 있음', '빨갛게 깜박임', '파란색', '모르겠습니다']);
  const second = await answer(first, 'red');
  const elsewhere = await resumeRun(house.ctx, second.code, { front: 'help-centre' });
  expect([elsewhere.step.nodeId, elsewhere.path.map((step) => step.said)]).toEqual(['cable', ['빨갛게 깜박임']]);
  expect((await viewOf(house.ctx, await load(second), 'ja')).step.title).toBe('ルーターとのケーブルを確認してください');
  const brand = 'b'.repeat(24);
  const belong = (brandIds: string[]) => Guides.updateOne({ companyId: house.ctx.companyId, _id: ids['hub'] ?? '' }, { $set: { brandIds } });
  await belong([brand]);
  expect(await refusal(resumeRun(house.ctx, second.code, { front: 'help-centre', brandId: null }))).toBe('link-expired');
  expect([(await resumeRun(house.ctx, second.code, { front: 'help-centre', brandId: brand })).step.nodeId, (await resumeRun(house.ctx, second.code, { front: 'phone', brandId: null })).step.nodeId]).toEqual(['cable', 'cable']);
  await belong([]);
  const end = await answer(elsewhere, 'solved');
  expect([end.state, end.step.result, end.code]).toEqual(['solved', 'solved', '']);
  await expect(resumeRun(house.ctx, second.code, { front: 'widget' })).rejects.toMatchObject({ code: 'link-expired' });
});

test('an answer that comes twice or late changes nothing; one that is not understood is asked again', async () => {
  const view = await start('hub');
  const run = await load(view);
  const say = (said: string) => answerRun(house.ctx, run, { input: { nodeId: 'light', answer: said }, walker: { front: 'widget', by: 'customer' } });
  const [one, two] = await Promise.all([say('red'), say('red')]);
  expect([one.path.length, two.path.length, (await load(view)).steps.length]).toEqual([1, 1, 1]);
  expect((await answer(view, 'blue')).step.nodeId).toBe('cable');
  const odd = await answer(await viewOf(house.ctx, await load(view)), 'purple');
  expect([odd.step.nodeId, odd.step.unsure]).toEqual(['cable', true]);
});

test('what is taken back stays in the log', async () => {
  const view = await answer(await answer(await start('hub'), 'red'), 'not-solved');
  const back = await rewindRun(house.ctx, await load(view), 1);
  expect([back.step.nodeId, back.path.length]).toEqual(['cable', 1]);
  expect((await load(view)).steps.map((step) => step.dropped)).toEqual([false, true]);
});

test('a run stays on the version it began with', async () => {
  const view = await start('login');
  const guide = await changeGuide(house.ctx, author, { id: ids['login'] ?? '', revision: 1, change: { graph: { ...graphOf('login'), title: { en: 'Changed', ja: '変更' } } } });
  await publishGuide(house.ctx, author, guide._id);
  expect((await viewOf(house.ctx, await load(view))).title).toBe('I cannot log in');
  expect((await start('login')).title).toBe('Changed');
  await expect(changeGuide(house.ctx, author, { id: guide._id, revision: 1, change: {} })).rejects.toMatchObject({ code: 'version-conflict' });
  const broken = await changeGuide(house.ctx, author, { id: guide._id, revision: 2, change: { graph: { ...graphOf('login'), nodes: graphOf('login').nodes.slice(1) } } });
  await expect(publishGuide(house.ctx, author, broken._id)).rejects.toMatchObject({ code: 'guide-broken' });
});

test('a ticket is opened once, with what was tried', async () => {
  let view = await answer(await answer(await start('login'), 'password'), 'not-solved');
  view = await answer(view, 'not-solved');
  expect([view.step.entry, view.step.choices.map((choice) => choice.answer)]).toEqual(['ticket', ['skipped']]);
  await expect(answer(view, 'done', { address: 'nobody' })).rejects.toMatchObject({ code: 'bad-input' });
  const sent = await answer(view, 'done', { address: 'ana@example.com', text: 'Please help' });
  expect([sent.state, sent.ticketId]).toEqual(['escalated', 'd'.repeat(24)]);
  expect(opened).toHaveLength(1);
  expect(opened[0]?.text).toContain('2. Choose a new password: No, it did not help');
});

test('the telephone walks the same guide, by keys and by words', async () => {
  const view = await start('order', 'en', 'phone');
  const press = async (keys: object) => pressRun(house.ctx, await load(view), { part: 0, failed: 0, ...keys });
  expect((await promptOf(house.ctx, await load(view))).gather?.digits).toBe(20);
  expect((await press({ digits: '9#' })).say[0]).toBe('What does the tracking say?');
  expect((await press({ speech: 'mumble' })).say[0]).toBe('I did not understand that.');
  const call = await press({ speech: 'mumble', failed: 1 });
  expect(call.say[0]).toBe('Shall we call you?');
  expect((await press({ digits: '0301234567#' })).then).toBe('transfer');
  expect(opened.at(-1)).toMatchObject({ action: 'call-back', address: '0301234567' });
});

test('a token opens its own run only', () => {
  const token = tokenOf(house.ctx, 'e'.repeat(24));
  expect([runOfToken(house.ctx, token), runOfToken(house.ctx, `${'f'.repeat(24)}.${token.split('.')[1]}`), runOfToken(house.ctx, 'x')]).toEqual(['e'.repeat(24), null, null]);
});

test('the report puts the weakest step first and counts runs that were left', async () => {
  const fresh = await addGuide(house.ctx, author, { category: '', audience: 'public', graph: graphOf('hub') });
  await publishGuide(house.ctx, author, fresh._id);
  ids['fresh'] = fresh._id;
  for (let i = 0; i < 3; i += 1) await answer(await start('fresh'), 'red');
  await answer(await answer(await start('fresh'), 'red'), 'solved');
  house.pass(2 * 86_400_000);
  await sweepLeft(house.services);
  const report = await reportOf(house.ctx, fresh._id, { days: 30, locale: 'en' });
  expect([report.runs, report.solved, report.left]).toEqual([4, 1, 3]);
  expect(report.steps[0]).toMatchObject({ nodeId: 'cable', entered: 4, left: 3, solved: 1, loss: 0.75 });
});

test('whom a published guide is for changes at once, and the index hears of it; brands that are not there are refused', async () => {
  const { _id: id, revision, pending } = await publishGuide(house.ctx, author, (await addGuide(house.ctx, author, { category: '', audience: 'public', graph: graphOf('hub') }))._id);
  expect(await refusal(changeGuide(house.ctx, author, { id, revision, change: { brandIds: ['f'.repeat(24)] } }))).toBe('bad-input');
  const after = await changeGuide(house.ctx, author, { id, revision, change: { audience: 'internal' } });
  expect(after.pending?.filter(({ _id, name }) => name === 'guide.changed' && !pending?.some((told) => told._id === _id))).toHaveLength(1);
  expect(await refusal(startRun(house.ctx, { guideId: id, locale: 'en', front: 'widget' }))).toBe('not-found');
});

test('what is archived or internal is not begun by customers', async () => {
  await archiveGuide(house.ctx, author, ids['fresh'] ?? '');
  await expect(start('fresh')).rejects.toMatchObject({ code: 'not-found' });
  expect(await linkRun(house.ctx, 'a'.repeat(24), 'b'.repeat(24))).toBeNull();
  expect(await GuideRuns.countDocuments({ companyId: 'another' })).toBe(0);
});
