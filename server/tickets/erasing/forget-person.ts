import type { ForgottenPerson } from '../../customers';
import type { Ctx } from '../../kernel';
import { askTraining, forgetVisits } from '../../knowledge';
import { Messages, type MessageDoc } from '../message.model';
import { summaryOf } from '../summarise';
import { forgetSuppressed } from '../suppressed.model';
import { termsOf } from '../terms';
import { Tickets, type TicketDoc } from '../ticket.model';
import { eraseFromOthersMessage, eraseMessages } from './erase-messages';
import { eraseTicket } from './erase-ticket';

const batch = 25;

/** Takes a person out of their tickets and those they took part in, telling how far it is. A batch that a crash interrupted is done again; what was finished is not looked at any more. */
export async function forgetPerson(ctx: Ctx, person: ForgottenPerson, told: (done: number, total: number) => Promise<void>): Promise<void> {
  const theirs = { companyId: ctx.companyId, customerId: { $in: person.customerIds } };
  const total = await Tickets.countDocuments(theirs);
  for (;;) {
    const rows = await Tickets.find({ ...theirs, erasureDone: { $ne: true } }).sort({ lastMessageAt: -1 }).limit(batch).lean<TicketDoc[]>();
    if (rows.length === 0) break;
    for (const row of rows) await eraseTicket(ctx, row, person);
    const ids = rows.map((row) => row._id);
    await forgetVisits(ctx, ids);
    // What was learnt from their words is learnt again without them.
    if (rows.some(taught)) await askTraining(ctx);
    await Tickets.updateMany({ companyId: ctx.companyId, _id: { $in: ids } }, { $set: { erasureDone: true } });
    await told(await Tickets.countDocuments({ ...theirs, erasureDone: true }), total);
  }
  await forgetElsewhere(ctx, person);
  await forgetSuppressed(ctx, person.addresses);
  await told(total, total);
}

const taught = ({ sorting }: TicketDoc): boolean => [sorting?.topic, sorting?.urgency, sorting?.sentiment].some((judgement) => judgement && judgement.by !== 'classifier');

// In others' matters their own words go, and their address from among those who take part; everything else is not theirs.
async function forgetElsewhere(ctx: Ctx, person: ForgottenPerson): Promise<void> {
  const { companyId } = ctx;
  const cursor = Tickets.find({ companyId, 'participants.address': { $in: person.addresses }, customerId: { $nin: person.customerIds } }).lean<TicketDoc[]>().cursor({ batchSize: batch });
  for await (const ticket of cursor) {
    const rows = await Messages.find({ companyId, ticketId: ticket._id }).sort({ seq: 1 }).lean<MessageDoc[]>();
    const own = (row: MessageDoc): boolean => person.customerIds.includes(row.authorId ?? '');
    await eraseMessages(ctx, rows.filter(own), person);
    for (const row of rows.filter((each) => !own(each) && [...each.to, ...each.cc, ...each.bcc].some(({ address }) => person.addresses.includes(address.toLowerCase())))) await eraseFromOthersMessage(ctx, row, { person, quotes: false });
    await tidy(ctx, ticket, { person, rows: rows.filter((row) => !own(row)), last: rows.findLast((row) => row.kind !== 'note' && row.kind !== 'system') });
  }
}

// What the lists show of a ticket and what it is found by, without them.
async function tidy({ companyId }: Ctx, ticket: TicketDoc, { person, rows, last }: { person: ForgottenPerson; rows: MessageDoc[]; last: MessageDoc | undefined }): Promise<void> {
  const preview = last && !person.customerIds.includes(last.authorId ?? '') ? String(summaryOf(last)['preview'] ?? '') : '';
  const terms = termsOf(ticket.subject, ticket.customerName, ticket.customerContact, ...rows.flatMap((row) => [row.text.slice(0, 20_000), row.authorName]));
  await Tickets.updateOne({ companyId, _id: ticket._id }, { $set: { participants: ticket.participants.filter((each) => !person.addresses.includes(each.address.toLowerCase())), preview, terms }, $inc: { version: 1 } });
}
