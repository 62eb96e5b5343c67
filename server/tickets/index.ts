// The door of tickets: matters, their messages, and the way in and out.
import type { DomainMount } from '../kernel';
import { sweepIntakes } from './accept-intake';
import { bondRoutes } from './bond.routes';
import { deliverMessage, sweepDue } from './deliver-message';
import { followUpDue, sweepFollowUps } from './follow-up';
import { mailMention } from './mail-mention';
import { sweepMerges } from './merge-tickets';
import { setTicketPorts, type TicketPorts } from './ports';
import { overflowDue, sweepOverflows } from './routing/overflow-work';
import { refreshQueues, sweepMarks, tellMarks } from './routing/service-level';
import { sweepSnoozed, wakeDue } from './routing/snooze-ticket';
import { listRoutes } from './list.routes';
import { sweepUnsettled } from './solve-ticket';
import { ticketRoutes } from './ticket.routes';
import { ticketSockets } from './ticket.sockets';
import { ticketSubscribers } from './ticket.subscribers';
import { emptyTrash } from './trash-ticket';
import { writingRoutes } from './writing.routes';

/** What tickets contribute; `ports` is what they need from channels. */
export function mount(ports: TicketPorts): DomainMount {
  setTicketPorts(ports);
  return {
    routes: [...ticketRoutes, ...listRoutes, ...bondRoutes, ...writingRoutes],
    sockets: ticketSockets,
    subscribers: ticketSubscribers,
    jobs: {
      'outbound.send': (ctx, payload) => deliverMessage(ctx, payload),
      'mention.mail': (ctx, payload) => mailMention(ctx, payload),
      'work.overflow': (ctx, payload) => overflowDue(ctx, payload.workItemId),
      'ticket.wake': (ctx, payload) => wakeDue(ctx, payload.ticketId),
      'ticket.follow-up': (ctx, payload) => followUpDue(ctx, payload.ticketId),
      'service-level.mark': (ctx, payload) => tellMarks(ctx, payload.ticketId),
    },
    sweeps: [
      { name: 'intakes', everyMs: 5000, run: sweepIntakes },
      { name: 'outbound', everyMs: 5000, run: sweepDue },
      { name: 'overflows', everyMs: 2000, run: sweepOverflows },
      { name: 'snoozed', everyMs: 2000, run: sweepSnoozed },
      { name: 'merges', everyMs: 10_000, run: sweepMerges },
      { name: 'unsettled', everyMs: 5000, run: sweepUnsettled },
      { name: 'follow-ups', everyMs: 10_000, run: sweepFollowUps },
      { name: 'service-levels', everyMs: 2000, run: sweepMarks },
      { name: 'trash', everyMs: 3_600_000, run: emptyTrash },
    ],
    outboxes: ['views', 'macros', 'tickets', 'messages'],
  };
}

export { acceptIntake, closeIntake, pendingIntake, type RawInput } from './accept-intake';
export { customerThread, endByCustomer } from './customer-thread';
export type { InboundMessage, Received } from './inbound';
export { mailCounts } from './mail-counts';
export { messageById, Messages, type MessageDoc } from './message.model';
export { brokenLoops, resetLoop } from './loop-guard';
export { forgetPerson } from './erasing/forget-person';
export { markDelivery } from './note-bounce';
export { discardQuarantined, intakeById, listQuarantine, originalOf, releaseQuarantined } from './quarantine';
export type { SendResult, TicketPorts } from './ports';
export { ratedTicketId, rateTicket, ratingLink } from './rating';
export { receiveMessage } from './receive-message';
export { cleanName, receiveUpload } from './receive-upload';
export { isOwnFile } from './usable-files';
export { answerOtherwise, callBack } from './routing/answer-otherwise';
export { isOpenNow } from './routing/find-place';
export { byEmail } from './routing/reach-otherwise';
/** Refuses to remove what a routing rule names. */
export { demandUnnamed } from './routing/routing-rules';
export { refreshQueues };
export { transcriptOf } from './transcript';
export { sendSettings } from './send-message';
export { note } from './solve-ticket';
export { listSuppressed, unsuppress } from './suppressed.model';
export { liveMessage, ticketWith } from './summarise';
export { knownTicket, ticketById, Tickets, type TicketDoc } from './ticket.model';
export { abilitiesOn, reachOf, within, type Reach } from './ticket.policy';
export { presentMessage, presentSummary } from './ticket.presenter';
export { listUnsubscribed, readUnsubscribe, resubscribe, unsubscribe, unsubscribeUrl } from './unsubscribe';
export { ticketsOf, timelineOf } from './timeline';
