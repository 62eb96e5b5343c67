import { create } from 'zustand';
import type { TicketAction } from '../../protocol/lists';

/** Steps being recorded for a macro; null while nothing is. */
export const useRecorder = create<{ steps: TicketAction[] | null }>()(() => ({ steps: null }));

/** Notes a step while a macro is being recorded. A later step of the same kind that says it all replaces the earlier one. */
export function record(step: TicketAction): void {
  const replaces = step.kind === 'status' || step.kind === 'priority' || step.kind === 'assign' || step.kind === 'transfer';
  useRecorder.setState(({ steps }) => ({ steps: steps && [...steps.filter((one) => !(replaces && one.kind === step.kind)), step] }));
}
