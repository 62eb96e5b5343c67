import type { Agent, BoardQueue } from '../../protocol';
import type { Ctx } from '../kernel';

/** What realtime needs from supervision beside it; given once by the composition root. */
export interface BoardPorts {
  /** A queue's row of the live board; null for an unknown queue. */
  queueRow(ctx: Ctx, queueId: string): Promise<BoardQueue | null>;
  /** An agent's cell; null for an account that takes no work. */
  agentRow(ctx: Ctx, agentId: string): Promise<Agent | null>;
}

let given: BoardPorts | undefined;

/** Gives realtime what it needs from supervision. */
export function setBoardPorts(ports: BoardPorts): void {
  given = ports;
}

export function boardPorts(): BoardPorts {
  if (!given) throw new Error('The composition root has not given realtime its ports');
  return given;
}
