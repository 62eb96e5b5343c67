import { Suspense, useCallback, useEffect } from 'react';
import { useTranslation } from './lib/i18n';
import { Link, Redirect, Route, Switch } from 'wouter';
import type { Ability } from '../protocol/abilities';
import type { Ticket } from '../protocol/tickets';
import { useMay } from './api/shared';
import { CustomerPanel, CustomersPage } from './features/customer';
import { InboxPage } from './features/inbox';
import { GuidePanel, GuidesPage, readyGuidePanel, KnowledgePage, KnowledgeReportPage, MovingPage, SortingPanel, Suggestions, WordsPage } from './features/knowledge';
import { SettingsPage, WelcomePage } from './features/settings';
import { BoardPage, DailyPage, SimulatorPage, TracePage } from './features/supervision';
import { NewTicket, readyTicketPane, TicketPane } from './features/ticket';
import { Skeleton } from './ui/states';
import { Page } from './ui/page';

/** What stands beside a ticket: who the customer is, why it came to this desk, and what may help once it is known what was asked. */
function Beside({ ticket, lastText }: { ticket: Ticket; lastText: string | null }) {
  const { language } = useTranslation();
  return (
    <>
      <CustomerPanel ticket={ticket} />
      {lastText === null ? null : <Suspense fallback={null}><GuidePanel ticketId={ticket.id} version={ticket.version} locale={language} /></Suspense>}
      {lastText === null ? null : <Suggestions topic={ticket.sorting?.topic?.sure ? ticket.sorting.topic.label : ''} ticketId={ticket.id} question={`${ticket.subject} ${lastText}`.trim().slice(0, 400)} />}
      {lastText === null ? null : <Suspense fallback={null}><SortingPanel ticket={ticket} /></Suspense>}
    </>
  );
}

function Inbox() {
  const aside = useCallback((ticket: Ticket, lastText: string | null) => <Beside ticket={ticket} lastText={lastText} />, []);
  useEffect(() => {
    readyTicketPane();
    readyGuidePanel();
  }, []);
  return <InboxPage writeFirst={(close, opened) => <NewTicket onClose={close} onOpened={opened} />} ticket={(id, leave) => <Suspense fallback={<div className="flex-1"><Skeleton rows={5} /></div>}><TicketPane key={id} id={id} leave={leave} aside={aside} /></Suspense>} />;
}

/** A page for those who may see it, and kind words for the others. */
function Guarded({ needs, children }: { needs: Ability; children: React.ReactNode }) {
  const { t } = useTranslation();
  const may = useMay();
  if (may(needs)) return children;
  return <Page title={t('state.forbidden')} about={t('state.forbidden.text')}><Link href="/" className="text-md text-accent underline-offset-2 hover:underline">{t('state.nowhere.go')}</Link></Page>;
}

/** Where a reader begins: the inbox, the board, or whatever they may see. */
function Home() {
  const may = useMay();
  if (may('ticket.read')) return <Redirect to="/inbox/mine" replace />;
  return <Redirect to={may('board.watch') ? '/board' : may('article.read') ? '/knowledge' : '/settings/me'} replace />;
}

function Nowhere() {
  const { t } = useTranslation();
  return <Page title={t('state.nowhere')} about={t('state.nowhere.text')}><Link href="/" className="text-md text-accent underline-offset-2 hover:underline">{t('state.nowhere.go')}</Link></Page>;
}

/** Which address shows which page. */
export function Routes() {
  return (
    <Suspense fallback={<main className="flex-1"><Skeleton /></main>}>
      <Switch>
        <Route path="/"><Home /></Route>
        <Route path="/tickets/:id">{({ id }) => <Redirect to={`/inbox/all/${id}`} replace />}</Route>
        <Route path="/inbox"><Redirect to="/inbox/mine" replace /></Route>
        <Route path="/inbox/:view/:ticketId?"><Guarded needs="ticket.read"><Inbox /></Guarded></Route>
        <Route path="/board"><Guarded needs="board.watch"><BoardPage /></Guarded></Route>
        <Route path="/customers/:id?"><Guarded needs="customer.read"><CustomersPage /></Guarded></Route>
        <Route path="/knowledge/report"><Guarded needs="article.read"><KnowledgeReportPage /></Guarded></Route>
        <Route path="/knowledge/import"><Guarded needs="article.write"><MovingPage /></Guarded></Route>
        <Route path="/knowledge/words"><Guarded needs="article.publish"><WordsPage /></Guarded></Route>
        <Route path="/knowledge/:id?"><Guarded needs="article.read"><KnowledgePage /></Guarded></Route>
        <Route path="/guides/:id?"><Guarded needs="article.read"><GuidesPage /></Guarded></Route>
        <Route path="/reports"><Guarded needs="report.read"><DailyPage /></Guarded></Route>
        <Route path="/simulator"><Guarded needs="queue.manage"><SimulatorPage /></Guarded></Route>
        <Route path="/trace/:id"><TracePage /></Route>
        <Route path="/settings/:section?"><SettingsPage /></Route>
        <Route path="/welcome"><WelcomePage /></Route>
        <Route><Nowhere /></Route>
      </Switch>
    </Suspense>
  );
}
