import { useQuery } from '@tanstack/react-query';
import { Copy, ExternalLink, ShieldCheck } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../../lib/i18n';
import { Link } from 'wouter';
import { customerEndpoints, type Customer } from '../../../protocol/customers';
import type { Ticket } from '../../../protocol/tickets';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { allows } from '../../api/shared';
import { Avatar } from '../../ui/marks';
import { IconButton } from '../../ui/button';
import { Loaded } from '../../ui/states';
import { toast } from '../../ui/toast';
import { CustomerFields } from './fields';
import { CustomerTimeline } from './timeline';
import { useCustomerChange } from './change';

const lookAgainMs = 2000;
const beingErased = (customer: Customer | undefined): boolean => customer?.erasure != null && customer.erasure.finishedAt === null;

/** A customer; looked at again and again while they are being erased, of which only the beginning and the end are told. */
export const useCustomer = (id: string) => useQuery({ queryKey: keys.customer(id), queryFn: () => call(customerEndpoints.read, { params: { id } }), refetchInterval: ({ state }) => (beingErased(state.data) ? lookAgainMs : false) });

/** A part of the panel under a small heading. */
export function PanelPart({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <section className="border-t border-line px-4 py-3">
      <div className="mb-1 flex min-h-6 items-center"><h2 className="flex-1 text-xs font-medium text-muted">{title}</h2>{action}</div>
      {children}
    </section>
  );
}

/** The addresses we know, with what is proven; also one that was only typed before a chat. */
export function ContactPoints({ customer, given = null }: { customer: Customer; given?: string | null }) {
  const { t } = useTranslation();
  const copy = (value: string) => void navigator.clipboard?.writeText(value).then(() => toast(t('done.copied')));
  const known = customer.contactPoints.filter((point) => point.kind !== 'visitor');
  const typed = given && !known.some((point) => point.value === given.toLowerCase()) ? [{ id: 'given', value: given, verified: false }] : [];
  const shown = [...known, ...typed];
  if (shown.length === 0) return <p className="text-sm text-muted">{t('customer.no-address')}</p>;
  return (
    <ul>
      {shown.map((point) => (
        <li key={point.id} className="group flex min-h-6 items-center gap-1 text-sm">
          <span className="min-w-0 truncate" dir="ltr" title={point.value}>{point.value}</span>
          {point.verified ? <span title={t('customer.verified')} className="text-good"><ShieldCheck size={13} aria-hidden /><span className="sr-only">{t('customer.verified')}</span></span> : null}
          {point.id === 'given' ? <span className="shrink-0 text-muted">{t('customer.given')}</span> : null}
          <IconButton small label={t('copy', { value: point.value })} className="opacity-0 group-hover:opacity-100 focus-visible:opacity-100" onClick={() => copy(point.value)}><Copy size={12} /></IconButton>
        </li>
      ))}
    </ul>
  );
}

/** What colleagues should know; saved when the field is left. */
export function CustomerNote({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const change = useCustomerChange(customer.id);
  const [note, setNote] = useState(customer.note);
  const may = allows(customer.can, 'customer.edit');
  if (!may) return customer.note ? <p dir="auto" className="text-sm whitespace-pre-wrap">{customer.note}</p> : null;
  return (
    <textarea aria-label={t('customer.note')} placeholder={t('customer.note-hint')} dir="auto" value={note} onChange={(event) => setNote(event.target.value)} onBlur={() => note !== customer.note && change.mutate({ note })}
      className="block max-h-40 min-h-6 w-full resize-none rounded-sm bg-transparent text-sm [field-sizing:content] hover:bg-hover focus:bg-surface" />
  );
}

function Panel({ customer, ticket }: { customer: Customer; ticket: Ticket }) {
  const { t, has } = useTranslation();
  return (
    <>
      <header className="flex items-start gap-3 px-4 pt-4 pb-3">
        <Avatar name={customer.name || ticket.customer.address} size={36} />
        <div className="min-w-0 flex-1">
          <p dir="auto" className="truncate text-lg font-semibold">{customer.name || ticket.customer.address || t('customer.unknown')}</p>
          <p className="truncate text-sm text-muted">{customer.organisation || t('customer.tickets', { count: customer.tickets })}</p>
        </div>
        <Link href={`/customers/${customer.id}`} aria-label={t('customer.open')} title={t('customer.open')} className="flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"><ExternalLink size={14} /></Link>
      </header>
      <PanelPart title={t('customer.addresses')}><ContactPoints customer={customer} given={ticket.givenEmail} /></PanelPart>
      <PanelPart title={t('customer.note')}><CustomerNote key={customer.id + customer.note} customer={customer} /></PanelPart>
      <CustomerFields customer={customer} />
      <PanelPart title={t('customer.history')}><CustomerTimeline id={customer.id} except={ticket.id} /></PanelPart>
      {ticket.workItem?.why ? <PanelPart title={t('customer.routing')}><p className="text-sm text-soft">{has(`why.${ticket.workItem.why}`) ? t(`why.${ticket.workItem.why}`) : ticket.workItem.why}</p><Link href={`/trace/${ticket.workItem.id}`} className="text-sm text-accent underline-offset-2 hover:underline">{t('trace.title')}</Link></PanelPart> : null}
    </>
  );
}

/** Who the customer is, what they wrote before, and why this came here. */
export function CustomerPanel({ ticket }: { ticket: Ticket }) {
  const customer = useCustomer(ticket.customer.id);
  return <Loaded query={customer} rows={3}>{(found) => <Panel customer={found} ticket={ticket} />}</Loaded>;
}
