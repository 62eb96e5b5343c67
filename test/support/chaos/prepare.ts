import { newId, system, type Ctx } from '../../../server/kernel';
import { addQueue, changeAgent, enrolAgent, Skills } from '../../../server/workforce';
import type { Dice } from '../dice';

const actor = system('chaos');
const offerSeconds = { voice: 5, webchat: 5, email: 6 };

/** A company with every rule switched on: orders, selections, rings, pull, auto-accept, wrap-up, maxima. */
export async function prepare(ctx: Ctx, d: Dice): Promise<void> {
  const skills = ['fr', 'de'].map((name) => ({ _id: newId(), companyId: ctx.companyId, name, nameKey: name }));
  await Skills.insertMany(skills);
  const [french = '', german = ''] = skills.map((skill) => skill._id);
  const common = { offerSeconds, coolDownSeconds: 1 };
  const queues = [
    await addQueue(ctx, actor, { ...common, name: 'Plain', order: 'priority' }),
    await addQueue(ctx, actor, { ...common, name: 'French', order: 'fifo', select: 'most-skilled', requirement: { [french]: 4 }, rings: [{ afterSeconds: 1, drop: [], lower: { [french]: 2 }, anyone: false }, { afterSeconds: 2, drop: [], lower: {}, anyone: true }] }),
    await addQueue(ctx, actor, { ...common, name: 'Due', order: 'due', select: 'least-occupied', requirement: { [german]: 1 }, rings: [{ afterSeconds: 2, drop: [german], lower: {}, anyone: false }], wrapUp: { mode: 'timed', seconds: 1, dispositionRequired: false } }),
    await addQueue(ctx, actor, { ...common, name: 'Calls', order: 'static', select: 'round-robin', autoAccept: true }),
    await addQueue(ctx, actor, { ...common, name: 'Pull', order: 'fifo', pull: true }),
  ];
  for (let n = 0; n < 24; n += 1) {
    const id = newId();
    await enrolAgent(ctx, { id, name: `Agent ${n}` });
    const own = queues.filter(() => n < 4 || d.chance(0.7)).map((queue) => queue._id);
    const levels = Object.fromEntries([french, german].filter(() => d.chance(0.6)).map((skill) => [skill, 1 + d.int(5)]));
    await changeAgent(ctx, actor, { id, input: { queueIds: own, skills: levels, maxima: d.chance(0.5) ? { webchat: 1 + d.int(3) } : {} } });
  }
}
