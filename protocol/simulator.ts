import { z } from 'zod';
import { endpoint } from './endpoint';
import { count, id } from './fields';

const levels = z.record(z.string(), z.int().min(1).max(5)).describe('Skill → least level, 1 to 5');
const order = z.enum(['fifo', 'priority', 'static', 'due']).describe('Order of the queue');
const select = z.enum(['longest-idle', 'most-skilled', 'least-occupied', 'round-robin']).describe('Which of several able agents is chosen');
const name = z.string().min(1).max(80);

/** A queue of a described load. */
export const simulatedQueue = z.strictObject({
  name: name.describe('Name, unique in the file'),
  requirement: levels.default({}), order: order.default('priority'), select: select.default('longest-idle'),
  rings: z.array(z.strictObject({ afterSeconds: z.number().positive().describe('Seconds after arrival'), requirement: levels })).max(6).default([]).describe('Weaker requirements, in order of time'),
  targetSeconds: z.number().positive().default(20).describe('A wait up to this counts as within target'),
});
/** People who work alike. */
export const simulatedAgents = z.strictObject({
  name: name.describe('Name of one agent, or of a group'), count: z.int().min(0).max(5000).default(1).describe('How many'),
  queues: z.array(name).min(1).describe('Queues they serve'), skills: levels.default({}),
  capacity: z.int().min(1).max(1000).default(100).describe('Units they carry at once'),
  shifts: z.array(z.strictObject({ from: z.number().min(0).describe('Minutes after the beginning'), to: z.number().positive().describe('Minutes after the beginning') })).min(1).describe('When they work'),
});
/** Arrivals of one kind: as many as expected in each interval, at random moments. */
export const simulatedArrivals = z.strictObject({
  queue: name.describe('Queue'), channel: z.string().default('voice').describe('Channel'), weight: z.int().min(1).max(1000).default(100).describe('Units one costs'),
  intervalMinutes: z.number().positive().default(30).describe('Length of an interval'), counts: z.array(z.number().min(0)).min(1).max(2000).describe('Expected arrivals per interval'),
  handleSeconds: z.number().positive().describe('Mean handling time, after-contact work included'), patienceSeconds: z.number().positive().nullable().default(null).describe('Mean patience; null: nobody gives up'),
  priorityMinutes: z.number().default(0).describe('Minutes of priority'), dueSeconds: z.number().positive().nullable().default(null).describe('Seconds until due, for the order by due time'),
});
/** What is tried: fields left out stay as they are. */
export const simulatedChanges = z.strictObject({
  queues: z.array(z.strictObject({
    queue: z.string().describe('Queue: its name in a file, its id on a server'), agents: z.int().min(-1000).max(1000).default(0).describe('Agents more or fewer; more work like the average shift of the others, and have the skills asked for'),
    order: order.exactOptional(), select: select.exactOptional(), requirement: levels.exactOptional().describe('Skills asked for; an empty object: anyone in the queue, and no rings'),
  })).default([]).describe('Changes of queues'),
  agents: z.array(z.strictObject({ agent: z.string().describe('Agent or group: name in a file, id on a server'), skills: levels.exactOptional(), queues: z.array(z.string()).exactOptional().describe('Queues they serve'), count: z.int().min(0).max(5000).exactOptional().describe('How many of a group') })).default([]).describe('Changes of agents'),
});
export type SimulatedChanges = z.output<typeof simulatedChanges>;

/** A described load, as `trunkline simulate --load FILE` reads it. */
export const simulatedLoad = z.strictObject({
  queues: z.array(simulatedQueue).min(1).describe('Queues'), agents: z.array(simulatedAgents).describe('Agents and groups'), arrivals: z.array(simulatedArrivals).min(1).describe('What arrives'),
  changes: simulatedChanges.exactOptional().describe('What is tried'),
});
export type SimulatedLoad = z.output<typeof simulatedLoad>;

/** Figures of one queue, or of all: means over the runs. */
export const simulatedFigures = z.object({
  queue: z.string().describe('Queue; empty for all'), name: z.string().describe('Name of the queue'), arrived: z.number().describe('Arrivals of a run'), answered: z.number().describe('Answered in a run'),
  serviceLevel: z.number().describe('Answered within the target ÷ arrived'), serviceLevelHalf95: z.number().describe('Half width of its 95 % interval over the runs'),
  asaSeconds: z.number().describe('Waits of all that were answered or gave up ÷ their number'), abandonment: z.number().describe('Gave up ÷ arrived'), unanswered: z.number().describe('Still waiting when the last agent had left ÷ arrived'),
  longestSeconds: z.number().describe('Longest wait, mean of the runs'), occupancy: z.number().describe('Handling time × weight ÷ capacity, over the time its agents were there'),
});
export type SimulatedFigures = z.output<typeof simulatedFigures>;
/** The same arrivals before and after. */
export const simulationResult = z.object({
  before: z.array(simulatedFigures).describe('As it is; the last row is all queues'), after: z.array(simulatedFigures).describe('With the changes'), runs: count('Runs'), agents: count('Agents before'),
});
export type SimulationResult = z.output<typeof simulationResult>;

/** A simulation somebody asked for. */
export const simulation = z.object({
  id: id('Simulation'), day: z.string().describe('Day whose arrivals are played, YYYY-MM-DD in the company\'s time zone'), state: z.enum(['queued', 'running', 'done', 'failed', 'empty']).describe('empty: nothing arrived that day'),
  progress: z.number().min(0).max(1).describe('Share done'), result: simulationResult.nullable().describe('When done'),
});
export type Simulation = z.output<typeof simulation>;

/** Endpoints of the simulator. */
export const simulatorEndpoints = {
  simulate: endpoint({ name: 'simulation.start', method: 'POST', path: '/simulations', summary: 'Play a day\'s arrivals against changed staffing, skills or order', audience: 'account',
    body: z.strictObject({ day: z.iso.date().describe('Day, in the company\'s time zone'), runs: z.int().min(2).max(50).default(10).describe('Runs with different random numbers'), changes: simulatedChanges }), response: simulation }),
  simulation: endpoint({ name: 'simulation.read', method: 'GET', path: '/simulations/:id', summary: 'How far a simulation is, and what it found', audience: 'account', params: z.strictObject({ id: id('Simulation') }), response: simulation }),
};
