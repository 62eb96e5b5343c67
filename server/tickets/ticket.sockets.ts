import { onAgent, type SocketHandler } from '../kernel';
import { sendMessage } from './send-message';
import { presentMessage } from './ticket.presenter';

/** What consoles send about tickets: an answer somebody waits for on the line goes by the line that is open anyway. */
export const ticketSockets: SocketHandler[] = [
  onAgent('message.send', 'ticket.note', async ({ ctx, actor }, { ticketId, message }) => ({ message: presentMessage(await sendMessage(ctx, actor, { ticketId, input: message })) })),
];
