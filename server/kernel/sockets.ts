import type { z } from 'zod';
import type { Ability, Ack, agentSends, AgentAnswers } from '../../protocol';
import type { Actor } from './actor';
import type { Ctx } from './context';
import { badInput, type ProblemError } from './problem';

/** The connection an event came on, as far as a domain may touch it. */
export interface Connection {
  id: string;
  join(room: string): Promise<void> | void;
  leave(room: string): Promise<void> | void;
}

type AgentEvent = keyof typeof agentSends;

/** What answers one event of a console. */
export interface SocketHandler<N extends AgentEvent = AgentEvent> {
  event: N;
  ability: Ability | null;
  handle(call: { ctx: Ctx; actor: Actor; connection: Connection }, input: z.output<(typeof agentSends)[N]>): Promise<AgentAnswers[N]>;
}

/** Declares what answers an event of a console. */
export const onAgent = <N extends AgentEvent>(event: N, ability: Ability | null, handle: SocketHandler<N>['handle']): SocketHandler => ({ event, ability, handle } as unknown as SocketHandler);

/** What came with an event, whoever sent it: its first value is the input, and what its sender waits for comes last. `reply` is null when nobody waits. */
export function partsOf(values: readonly unknown[]): { input: unknown; reply: ((value: Ack<unknown>) => void) | null } {
  const last = values.at(-1);
  if (typeof last !== 'function') return { input: values[0], reply: null };
  return { input: values.length > 1 ? values[0] : undefined, reply: last as (value: Ack<unknown>) => void };
}

const longestName = 80;

/** The refusal of an event that a namespace does not have. */
export const unknownEvent = (event: unknown): ProblemError => badInput({ event: `"${String(event).slice(0, longestName)}" is not known here` });
