import type { z } from 'zod';
import type { Ability, agentSends, AgentAnswers } from '../../protocol';
import type { Actor } from './actor';
import type { Ctx } from './context';

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
