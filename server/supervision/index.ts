// The door of supervision: the live board, daily counts and routing traces.
import { contextOf, type DomainMount, type Services } from '../kernel';
import { rollUp } from './roll-up';
import { runSimulation } from './simulate-day';
import { supervisionRoutes } from './supervision.routes';

/** What supervision contributes. `companies` lists the companies whose counts the scheduler keeps. */
export function mount(companies: () => Promise<string[]>): DomainMount {
  const run = async (services: Services): Promise<void> => {
    for (const companyId of await companies()) await rollUp(contextOf(services, companyId));
  };
  return { routes: supervisionRoutes, jobs: { 'simulation.run': (ctx, { simulationId }, job) => runSimulation(ctx, { simulationId, last: job.last }) }, sweeps: [{ name: 'daily-counts', everyMs: 1000, run }] };
}

export { agentRow, boardOf, queueRow } from './board';
export { planOfDay } from './plan-of-day';
