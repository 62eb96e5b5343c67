import type { Judgement, Sorting } from '../../../protocol';
import type { ForgottenPerson } from '../../customers';
import { forgetInEvents, happened, system, type Ctx } from '../../kernel';
import { eraseWork } from '../../workforce';
import { eraseDrafts } from '../draft.model';
import { Intakes, type IntakeDoc } from '../intake.model';
import { Messages, type MessageDoc } from '../message.model';
import { openStatuses, Tickets, type TicketDoc } from '../ticket.model';
import { eraseFromOthersMessage, eraseMessages, eraseOriginals } from './erase-messages';

/** Who is said to have done it. */
export const eraser = system('erasure');
const nothing = {
  subject: '', customerName: '', customerContact: '', participants: [], fields: {}, preview: '', terms: [], answerBy: null, ask: null, snooze: null, helpers: [], waitingSince: null, unread: false, dueAt: null, riskAt: null, markAt: null,
};
const personalChanges = ['subject', 'fields', 'helpers'];

/** Takes out of a ticket, its messages, work and drafts what tells of its customer; number, times, topic and what agents did stay. May be repeated. */
export async function eraseTicket(ctx: Ctx, ticket: TicketDoc, person: ForgottenPerson): Promise<void> {
  const { companyId } = ctx;
  await shut(ctx, ticket);
  await eraseWork(ctx, eraser, ticket._id);
  await eraseDrafts(ctx, ticket._id);
  await eraseOriginals(ctx, await openedBy(companyId, ticket.sourceKey));
  const rows = await Messages.find({ companyId, ticketId: ticket._id }).lean<MessageDoc[]>();
  // What a merge brought along is theirs as well, or somebody else's.
  const moved = ticket.mergedInto ? await Messages.find({ companyId, ticketId: ticket.mergedInto.id, 'movedFrom.ticketId': ticket._id }).lean<MessageDoc[]>() : [];
  const foreign = await foreignAmong(companyId, rows, person);
  await eraseMessages(ctx, [...rows.filter((row) => !foreign.has(row._id)), ...moved], person);
  for (const row of rows) if (foreign.has(row._id)) await eraseFromOthersMessage(ctx, row, { person, quotes: true });
  await forgetInEvents(companyId, ticket._id, personalChanges);
  await Tickets.updateOne({ companyId, _id: ticket._id }, { $set: { ...blank(ticket), sourceKey: `erased:${ticket._id}` } });
}

// First of all nobody sees it any more and nothing threads into it.
async function shut(ctx: Ctx, ticket: TicketDoc): Promise<void> {
  if (ticket.erasedAt) return;
  const { companyId } = ctx;
  const at = new Date(ctx.clock.now());
  const closing = openStatuses.includes(ticket.status);
  const event = happened('ticket.changed', { ticketId: ticket._id, changes: { erasedAt: [null, at.toISOString()], ...(closing ? { status: [ticket.status, 'closed'] } : {}) } }, { by: eraser, subject: ticket._id, at: at.getTime() });
  await Tickets.updateOne({ companyId, _id: ticket._id }, {
    $set: { ...blank(ticket), erasedAt: at, ...(closing ? { status: 'closed' } : {}) }, $unset: { followUpAt: 1 }, $inc: { version: 1 }, $push: { pending: event },
  });
  await ctx.relay.publish({ collection: 'tickets', companyId, id: ticket._id }, [event]);
}

const blank = ({ intake, sorting }: TicketDoc): Partial<TicketDoc> => ({ ...nothing, intake: intake && { ...intake, attributes: {} }, sorting: sorting ? withoutWords(sorting) : null });

function withoutWords({ language, ...sorted }: Sorting): Sorting {
  const bare = (judgement: Judgement | null): Judgement | null => judgement && { ...judgement, why: [] };
  return { language, topic: bare(sorted.topic), urgency: bare(sorted.urgency), sentiment: bare(sorted.sentiment) };
}

// The delivery it was opened with, by channel and the channel's own name for it.
async function openedBy(companyId: string, sourceKey: string): Promise<string[]> {
  const [channel = '', ...rest] = sourceKey.split(':');
  return (await Intakes.find({ companyId, channel, sourceId: rest.join(':') }).select('_id').lean<IntakeDoc[]>()).map((row) => row._id);
}

// Messages of a ticket that other people wrote, or that came with somebody else's ticket.
async function foreignAmong(companyId: string, rows: readonly MessageDoc[], { customerIds }: ForgottenPerson): Promise<Set<string>> {
  const from = [...new Set(rows.flatMap((row) => row.movedFrom?.ticketId ?? []))];
  const others = new Set((await Tickets.find({ companyId, _id: { $in: from }, customerId: { $nin: customerIds } }).select('_id').lean<TicketDoc[]>()).map((row) => row._id));
  const isForeign = (row: MessageDoc): boolean => others.has(row.movedFrom?.ticketId ?? '') || (row.kind === 'customer' && row.authorId !== null && !customerIds.includes(row.authorId));
  return new Set(rows.filter(isForeign).map((row) => row._id));
}
