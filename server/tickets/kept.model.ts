import { model } from 'mongoose';
import type { TicketAction, TicketFilter } from '../../protocol';
import { houseSchema, withOutbox, type Outbox } from '../kernel';

/** What somebody keeps under a name, for themselves or for everybody. */
interface KeptDoc extends Outbox {
  _id: string;
  companyId: string;
  authorId: string | null;
  name: string;
  shared: boolean;
}

/** A saved view. */
export interface ViewDoc extends KeptDoc {
  filter: TicketFilter;
}

/** A macro. */
export interface MacroDoc extends KeptDoc {
  actions: TicketAction[];
}

const kept = { authorId: { type: String, default: null }, name: { type: String, required: true }, shared: { type: Boolean, required: true } };

const viewSchema = houseSchema<ViewDoc>({ ...kept, filter: { type: Object, required: true } }, { collection: 'views' });
viewSchema.index({ companyId: 1, name: 1 });
withOutbox(viewSchema as never);
/** The collection of saved views. */
export const Views = model<ViewDoc>('View', viewSchema);

const macroSchema = houseSchema<MacroDoc>({ ...kept, actions: { type: [Object], required: true } }, { collection: 'macros' });
macroSchema.index({ companyId: 1, name: 1 });
withOutbox(macroSchema as never);
/** The collection of macros. */
export const Macros = model<MacroDoc>('Macro', macroSchema);

/** What an account sees: its own and what is shared. */
export const seenBy = (accountId: string | null): Record<string, unknown> => ({ $or: [{ shared: true }, { authorId: accountId }] });
