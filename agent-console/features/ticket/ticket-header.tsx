import { AlarmClock, ArrowLeft, Ellipsis, Link2, Merge, OctagonX, RotateCcw, Trash2, Undo2, UserPlus, Users, Waypoints, Zap } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from '../../lib/i18n';
import { Link, useLocation } from 'wouter';
import type { Ticket } from '../../../protocol/tickets';
import { allows, useAgentName, useChannel, useMe, useQueues } from '../../api/shared';
import { useAriaKeys, useCommand } from '../../lib/shortcuts';
import { usePresence } from '../../realtime/presence';
import { Button, IconButton } from '../../ui/button';
import { Chip, PrioritySign, StatusChip } from '../../ui/marks';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../../ui/menu';
import { DueMark } from '../../ui/time';
import { useTicketActions } from './actions';
import { Helpers } from './helpers';
import { SolveButton } from './solve';
import { Subject } from './subject';
import { TagEditor } from './tags';

const TransferDialog = lazy(() => import('./transfer').then((file) => ({ default: file.TransferDialog })));
const MacroDialog = lazy(() => import('./macros').then((file) => ({ default: file.MacroDialog })));
const SnoozeDialog = lazy(() => import('./snooze').then((file) => ({ default: file.SnoozeDialog })));
const BondsDialog = lazy(() => import('./bonds-dialog').then((file) => ({ default: file.BondsDialog })));
const PeopleDialog = lazy(() => import('./people-dialog').then((file) => ({ default: file.PeopleDialog })));
const statuses = ['open', 'pending', 'on-hold'] as const;
const priorities = ['urgent', 'high', 'normal', 'low'] as const;

type Window = 'transfer' | 'macros' | 'snooze' | 'merge' | 'link' | 'people';

function MoreMenu({ ticket, show }: { ticket: Ticket; show: (window: Window) => void }) {
  const { t } = useTranslation();
  const actions = useTicketActions(ticket);
  const [, go] = useLocation();
  const { account } = useMe();
  const [open, setOpen] = useState(false);
  const keys = useAriaKeys('ticket.more');
  const can = (ability: Parameters<typeof allows>[1]) => allows(ticket.can, ability);
  useCommand('ticket.more', () => setOpen(true));
  return (
    <Menu open={open} onOpenChange={setOpen} align="end" label={t('ticket.more')} trigger={<IconButton label={t('ticket.more')} {...keys}><Ellipsis size={16} /></IconButton>}>
      {can('ticket.edit') ? <MenuLabel>{t('ticket.status')}</MenuLabel> : null}
      {can('ticket.edit') ? statuses.map((status) => <MenuItem key={status} {...(status === 'on-hold' ? { command: 'ticket.hold' as const } : {})} checked={ticket.status === status} onSelect={() => actions.setStatus(status)}>{t(`status.${status}`)}</MenuItem>) : null}
      {can('ticket.edit') ? <MenuLabel>{t('ticket.priority')}</MenuLabel> : null}
      {can('ticket.edit') ? priorities.map((priority) => <MenuItem key={priority} checked={ticket.priority === priority} onSelect={() => actions.setPriority(priority)}>{t(`priority.${priority}`)}</MenuItem>) : null}
      <MenuLine />
      {can('ticket.assign') && ticket.ownerId !== account.id ? <MenuItem command="ticket.assign" icon={<UserPlus size={14} />} onSelect={actions.assignToMe}>{t('ticket.take')}</MenuItem> : null}
      {can('ticket.assign') && ticket.ownerId !== null ? <MenuItem icon={<UserPlus size={14} />} onSelect={() => actions.assign(null)}>{t('ticket.unassign')}</MenuItem> : null}
      {can('ticket.note') ? <MenuItem command="ticket.transfer" icon={<Waypoints size={14} />} onSelect={() => show('transfer')}>{t('transfer.title')}</MenuItem> : null}
      {can('ticket.assign') && ticket.workItem?.state === 'assigned' ? <MenuItem icon={<Undo2 size={14} />} onSelect={actions.giveBack}>{t('ticket.return')}</MenuItem> : null}
      {can('ticket.edit') ? <MenuItem command="ticket.snooze" icon={<AlarmClock size={14} />} onSelect={ticket.snooze ? actions.wake : () => show('snooze')}>{t(ticket.snooze ? 'ticket.wake' : 'ticket.snooze')}</MenuItem> : null}
      {can('ticket.edit') ? <MenuItem command="ticket.macro" icon={<Zap size={14} />} onSelect={() => show('macros')}>{t('macros.title')}</MenuItem> : null}
      {can('ticket.edit') && !ticket.mergedInto ? <MenuItem command="ticket.merge" icon={<Merge size={14} />} onSelect={() => show('merge')}>{t('bonds.merge.title')}</MenuItem> : null}
      {can('ticket.edit') ? <MenuItem icon={<Link2 size={14} />} onSelect={() => show('link')}>{t('bonds.link.title')}</MenuItem> : null}
      <MenuItem icon={<Users size={14} />} onSelect={() => show('people')}>{t('people.title')}</MenuItem>
      {ticket.workItem ? <MenuItem icon={<Waypoints size={14} />} onSelect={() => go(`/trace/${ticket.workItem?.id ?? ''}`)}>{t('trace.title')}</MenuItem> : null}
      {can('ticket.spam') ? <MenuItem icon={<OctagonX size={14} />} onSelect={() => actions.spam(!ticket.spam)}>{t(ticket.spam ? 'ticket.not-spam' : 'ticket.spam')}</MenuItem> : null}
      {can('ticket.trash') && !ticket.trashedAt ? <MenuItem danger icon={<Trash2 size={14} />} onSelect={actions.trash}>{t('ticket.trash')}</MenuItem> : null}
    </Menu>
  );
}

function Viewers({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation();
  const { account } = useMe();
  const viewers = usePresence((presence) => presence.viewers[ticketId]);
  const others = (viewers ?? []).filter((viewer) => viewer.accountId !== account.id);
  return <span role="status">{others.length > 0 ? <Chip tone="warn">{others.map((viewer) => t(viewer.typing ? 'typing.agent' : 'viewing.agent', { name: viewer.name })).join(', ')}</Chip> : null}</span>;
}

function Facts({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const channel = useChannel(ticket.channel);
  const queue = useQueues().data?.find((one) => one.id === ticket.queueId);
  const nameOf = useAgentName();
  return (
    <div className="flex min-h-5 flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
      <StatusChip status={ticket.status} />
      <PrioritySign priority={ticket.priority} words />
      <span>{[channel?.name ?? ticket.channel, queue?.name, ticket.ownerId ? nameOf(ticket.ownerId) : t('owner.none')].filter(Boolean).join(' · ')}</span>
      <DueMark at={ticket.dueAt} riskAt={ticket.riskAt} always />
      <Helpers ticket={ticket} />
      <Viewers ticketId={ticket.id} />
    </div>
  );
}

/** What the ticket is, where it stands, and everything that can be done with it. */
export function TicketHeader({ ticket, leave, children }: { ticket: Ticket; leave: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  const actions = useTicketActions(ticket);
  const [shown, setShown] = useState<Window | null>(null);
  const close = () => setShown(null);
  const assignKeys = useAriaKeys('ticket.assign');
  const backKeys = useAriaKeys('ticket.back');
  const canAssign = allows(ticket.can, 'ticket.assign');
  useCommand('ticket.macro', () => setShown('macros'), allows(ticket.can, 'ticket.edit'));
  useCommand('ticket.transfer', () => setShown('transfer'), canAssign);
  useCommand('ticket.assign', actions.assignToMe, canAssign);
  useCommand('ticket.snooze', ticket.snooze ? actions.wake : () => setShown('snooze'), allows(ticket.can, 'ticket.edit'));
  useCommand('ticket.merge', () => setShown('merge'), allows(ticket.can, 'ticket.edit') && !ticket.mergedInto);
  useCommand('ticket.hold', () => actions.setStatus('on-hold'), allows(ticket.can, 'ticket.edit'));
  return (
    <header className="border-b border-line px-4 pt-2 pb-2">
      <div className="flex items-start gap-1">
        <IconButton label={t('ticket.back')} {...backKeys} onClick={leave} className="-ms-2 sm:hidden"><ArrowLeft size={16} className="rtl:-scale-x-100" /></IconButton>
        <Subject ticket={ticket} onChange={actions.setSubject} />
        {ticket.ownerId === null && canAssign ? <Button small onClick={actions.assignToMe} className="mt-0.5 hidden lg:inline-flex" {...assignKeys}>{t('ticket.take')}</Button> : null}
        {ticket.trashedAt ? <Button small onClick={actions.restore} className="mt-0.5"><RotateCcw size={14} />{t('ticket.restore')}</Button> : null}
        {!ticket.trashedAt && allows(ticket.can, 'ticket.solve') && ticket.status !== 'solved' && ticket.status !== 'closed' ? <SolveButton ticket={ticket} /> : null}
        {ticket.status === 'solved' && allows(ticket.can, 'ticket.edit') ? <Button small onClick={() => actions.setStatus('open')} className="mt-0.5"><RotateCcw size={14} />{t('ticket.reopen')}</Button> : null}
        <MoreMenu ticket={ticket} show={setShown} />
        {children}
      </div>
      <Facts ticket={ticket} />
      {ticket.mergedInto ? <p className="text-sm text-warn">{t('bonds.merge.went')} <Link href={`/inbox/all/${ticket.mergedInto.id}`} className="underline underline-offset-2">#{ticket.mergedInto.number}</Link> <Button small look="quiet" onClick={actions.unmerge}>{t('bonds.merge.undo')}</Button></p> : null}
      <TagEditor ticket={ticket} onChange={actions.setTags} />
      <Suspense fallback={null}>
        {shown === 'macros' ? <MacroDialog ticket={ticket} onClose={close} /> : null}
        {shown === 'transfer' ? <TransferDialog ticket={ticket} onClose={close} /> : null}
        {shown === 'merge' || shown === 'link' ? <BondsDialog ticket={ticket} way={shown} onClose={close} /> : null}
        {shown === 'people' ? <PeopleDialog ticket={ticket} onClose={close} /> : null}
        {shown === 'snooze' ? <SnoozeDialog ticket={ticket} onClose={close} /> : null}
      </Suspense>
    </header>
  );
}
