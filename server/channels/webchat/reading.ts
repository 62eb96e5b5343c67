import type { ChannelHost } from '../channel';
import type { WidgetSession } from './session.model';
import { partyOf } from './visitor';

const pauseMs = 400;

/** Notes how far a visitor has read, a moment after the last word on it, and marks what they read of the agent's as read. */
export function createReading(host: ChannelHost, session: WidgetSession) {
  let wanted = 0;
  let noted = 0;
  let timer: NodeJS.Timeout | undefined;
  const note = async (): Promise<void> => {
    const [from, to] = [noted, wanted];
    if (to <= from) return;
    noted = to;
    const { ticketId, messages } = await host.thread(partyOf(session), from);
    for (const message of messages) {
      const unread = message.kind === 'agent' && message.seq <= to && message.delivery?.state !== 'read';
      if (unread) await host.delivered({ messageId: message.id, state: 'read', reason: '' });
    }
    if (ticketId) await host.signal({ ticketId, kind: 'read', seq: to });
  };
  return {
    upTo(seq: number): void {
      wanted = Math.max(wanted, seq);
      timer ??= setTimeout(() => {
        timer = undefined;
        note().catch((error: unknown) => host.ctx.log.error({ err: error }, 'how far a visitor read could not be noted'));
      }, pauseMs);
    },
    stop(): void {
      clearTimeout(timer);
    },
  };
}
