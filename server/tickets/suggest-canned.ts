import type { SuggestedAnswer } from '../../protocol';
import type { Actor, Ctx } from '../kernel';
import { createSearchIndex, type SearchDocument, type SearchIndex } from '../knowledge';
import { searchableCanned, type SearchableCanned } from './canned-answer.model';
import { withoutVariables } from './fill';
import { loadTicket } from './load-ticket';

/** What one company's canned answers are found in; every node keeps its own and brings it up to date when somebody asks. */
interface Shelf {
  index: SearchIndex;
  /** Whose each answer is. */
  owners: Map<string, string>;
}

const shelves = new Map<string, Shelf>();
const everybody = 'everybody';
const most = 3;
/** How near the best another must come. */
const nearEnough = 0.4;

/** Canned answers with words of the question, best first: everybody's and the actor's own, as far as the ticket's queue offers them. Throws not-found, not-allowed. */
export async function suggestCanned(ctx: Ctx, actor: Actor, { ticketId, q }: { ticketId: string; q: string }): Promise<SuggestedAnswer[]> {
  const [ticket, rows] = await Promise.all([loadTicket(ctx, actor, { id: ticketId, ability: 'ticket.read' }), searchableCanned(ctx, actor)]);
  const shelf = shelves.get(ctx.companyId) ?? { index: createSearchIndex(), owners: new Map<string, string>() };
  shelves.set(ctx.companyId, shelf);
  const audiences = [everybody, ...(actor.id ? [actor.id] : [])];
  follow(shelf, rows, audiences);
  const known = new Map(rows.map((row) => [row._id, row]));
  return shelf.index.search({ q, filters: { audiences, products: [ticket.queueId] }, limit: most }).hits.flatMap(({ id, score, passages }) => {
    const row = known.get(id);
    const passage = passages.find(({ field }) => field === 'body');
    // Letters alone make no answer: a word must be the same.
    if (!row || score < nearEnough || passages.every(({ ranges }) => ranges.length === 0)) return [];
    return [{ id, shortcut: row.shortcut, name: row.name, passage: { text: passage?.text ?? '', marks: (passage?.ranges ?? []).map(([from, to]): [number, number] => [from, to]) } }];
  });
}

function follow({ index, owners }: Shelf, rows: readonly SearchableCanned[], audiences: readonly string[]): void {
  const now = new Set(rows.map((row) => row._id));
  for (const [id, owner] of owners) {
    if (!audiences.includes(owner) || now.has(id)) continue;
    index.remove(id);
    owners.delete(id);
  }
  for (const row of rows) {
    const document = documentOf(row);
    if (JSON.stringify(index.get(row._id)) === JSON.stringify(document)) continue;
    index.put(document);
    owners.set(row._id, row.authorId || everybody);
  }
}

const documentOf = (row: SearchableCanned): SearchDocument => ({
  id: row._id, title: row.name, body: withoutVariables(row.text), keywords: [row.shortcut.replaceAll('-', ' ')], ...(row.locale ? { language: row.locale } : {}), audience: row.authorId || everybody, products: row.queueIds,
});
