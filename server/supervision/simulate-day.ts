import type { Simulation, SimulatedChanges } from '../../protocol';
import { comparePlans } from '../../queues';
import { newId, problem, type Ctx } from '../kernel';
import { agentsOf, queuesOf } from '../workforce';
import { planOfDay } from './plan-of-day';
import { Simulations, type SimulationDoc } from './simulation.model';

/** A simulation as it crosses the wire. */
export const presentSimulation = ({ _id, day, state, progress, result }: SimulationDoc): Simulation => ({ id: _id, day, state, progress, result });

/** Asks for a simulation; a worker carries it out. Throws unknown-queue, unknown-account. */
export async function askSimulation(ctx: Ctx, asked: { day: string; runs: number; changes: SimulatedChanges }): Promise<SimulationDoc> {
  const [queues, agents] = await Promise.all([queuesOf(ctx.companyId), agentsOf(ctx.companyId)]);
  const unknown = asked.changes.queues.find((change) => !queues.some((queue) => queue._id === change.queue));
  if (unknown) throw problem('unknown-queue', { queue: unknown.queue });
  if (asked.changes.agents.some((change) => !agents.some((agent) => agent._id === change.agent))) throw problem('unknown-account');
  const row: SimulationDoc = { ...asked, _id: newId(), companyId: ctx.companyId, state: 'queued', progress: 0, result: null, at: new Date(ctx.clock.now()) };
  await Simulations.create(row);
  await ctx.jobs.add('simulation.run', { companyId: ctx.companyId, simulationId: row._id });
  return row;
}

/** The simulation; throws not-found. */
export async function simulationById(ctx: Ctx, id: string): Promise<SimulationDoc> {
  const row = await Simulations.findOne({ companyId: ctx.companyId, _id: id }).lean<SimulationDoc>();
  if (!row) throw problem('not-found');
  return row;
}

/** The job: plays the day before and after, on the same Redis, a few milliseconds at a time. The last failed try says so. */
export async function runSimulation(ctx: Ctx, { simulationId, last }: { simulationId: string; last: boolean }): Promise<void> {
  const about = { companyId: ctx.companyId, _id: simulationId };
  const row = await Simulations.findOne(about).lean<SimulationDoc>();
  if (!row || row.state === 'done' || row.state === 'empty') return;
  try {
    const plan = await planOfDay(ctx, row.day);
    if (!plan) {
      await Simulations.updateOne(about, { $set: { state: 'empty', progress: 1 } });
      return;
    }
    await Simulations.updateOne(about, { $set: { state: 'running' } });
    const result = await comparePlans(ctx.redis, plan, { changes: row.changes, runs: row.runs, seed: 1, onProgress: async (progress) => { await Simulations.updateOne(about, { $set: { progress } }); } });
    await Simulations.updateOne(about, { $set: { state: 'done', progress: 1, result } });
  } catch (error) {
    if (last) await Simulations.updateOne(about, { $set: { state: 'failed' } });
    throw error;
  }
}
