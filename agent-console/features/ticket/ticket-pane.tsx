import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from '../../lib/i18n';
import { PanelRightClose, PanelRightOpen, X } from 'lucide-react';
import type { Message } from '../../../protocol/messages';
import { ticketEndpoints, type Ticket } from '../../../protocol/tickets';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { useMe } from '../../api/shared';
import { useMessages, useTicket } from '../../api/tickets';
import { cx } from '../../lib/cx';
import { usePreferences } from '../../lib/preferences';
import { useRecorder } from '../../lib/recorder';
import { useCommand } from '../../lib/shortcuts';
import { openTicket } from '../../realtime/socket';
import { IconButton } from '../../ui/button';
import { Failed, Skeleton } from '../../ui/states';
import { Composer } from './composer';
import { TicketHeader } from './ticket-header';
import { Timeline } from './timeline';

const RecordingBar = lazy(() => import('./macros').then((file) => ({ default: file.RecordingBar })));

function useReading(ticket: Ticket | undefined, lastSeq: number | undefined): void {
  const { account } = useMe();
  const id = ticket?.id;
  useEffect(() => {
    openTicket(id);
    return () => openTicket();
  }, [id]);
  const mustTell = ticket?.unread === true && ticket.ownerId === account.id && lastSeq !== undefined;
  useEffect(() => {
    if (!id || !mustTell) return;
    void call(ticketEndpoints.markRead, { params: { id } }).then(() => queryClient.invalidateQueries({ queryKey: keys.counts })).catch(() => {});
  }, [id, mustTell, lastSeq]);
}

interface AsideProps { children: ReactNode; shown: boolean; onClose: () => void }

/** The panel at the end: a column on a wide window, a drawer below 1100 px. */
function Aside({ children, shown, onClose }: AsideProps) {
  const { t } = useTranslation();
  const [wide, setWide] = useState(() => matchMedia('(min-width: 1100px)').matches);
  useEffect(() => {
    const query = matchMedia('(min-width: 1100px)');
    const listen = () => setWide(query.matches);
    query.addEventListener('change', listen);
    return () => query.removeEventListener('change', listen);
  }, []);
  if (!shown) return null;
  return (
    <>
      {wide ? null : <div className="fixed inset-0 z-20 bg-scrim animate-appear" onClick={onClose} />}
      <aside aria-label={t('panel.label')} data-pane tabIndex={-1} data-testid="customer-panel"
        className={cx('flex flex-col overflow-y-auto bg-canvas', wide ? 'w-72 shrink-0 border-s border-line lg:w-[304px]' : 'fixed inset-y-0 end-0 z-30 w-[min(340px,92vw)] shadow-float animate-rise')}>
        {wide ? null : <IconButton label={t('close')} className="absolute end-2 top-2 z-10" onClick={onClose}><X size={16} /></IconButton>}
        {children}
      </aside>
    </>
  );
}

interface PaneProps { id: string; leave: () => void; aside: (ticket: Ticket, lastText: string | null) => ReactNode }

const none: Message[] = [];

/** One ticket with everything needed beside it. */
export function TicketPane({ id, leave, aside }: PaneProps) {
  const { t } = useTranslation();
  const ticket = useTicket(id);
  const messages = useMessages(id);
  const { asideOpen, set } = usePreferences();
  const recording = useRecorder(({ steps }) => steps !== null);
  const [drawer, setDrawer] = useState(false);
  const wide = typeof matchMedia === 'undefined' || matchMedia('(min-width: 1100px)').matches;
  useReading(ticket.data, messages.data?.rows.at(-1)?.seq);
  useCommand('ticket.back', leave);
  const shown = wide ? asideOpen : drawer;
  const toggle = () => (wide ? set({ asideOpen: !asideOpen }) : setDrawer(!drawer));
  if (!ticket.data) return <div className="flex-1"><h1 className="sr-only">{t('nav.inbox')}</h1>{ticket.error ? <Failed error={ticket.error} retry={() => void ticket.refetch()} /> : <Skeleton rows={5} />}</div>;
  const lastCustomer = messages.data?.rows.findLast((message) => message.kind === 'customer');
  return (
    <>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
        <TicketHeader ticket={ticket.data} leave={leave}>
          <IconButton label={t('panel.toggle')} aria-pressed={shown} onClick={toggle}>{shown ? <PanelRightClose size={16} className="rtl:-scale-x-100" /> : <PanelRightOpen size={16} className="rtl:-scale-x-100" />}</IconButton>
        </TicketHeader>
        {recording ? <Suspense fallback={null}><RecordingBar /></Suspense> : null}
        {messages.data ? <Timeline key={id} ticket={ticket.data} known={messages.data} /> : messages.error ? <div className="flex-1"><Failed error={messages.error} retry={() => void messages.refetch()} /></div> : <div className="flex-1"><Skeleton /></div>}
        <Composer key={`composer-${id}`} ticket={ticket.data} messages={messages.data?.rows ?? none} />
      </div>
      <Aside shown={shown} onClose={() => setDrawer(false)}>{aside(ticket.data, messages.data ? (lastCustomer?.replyText ?? lastCustomer?.text ?? '') : null)}</Aside>
    </>
  );
}
