import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { useTranslation } from './lib/i18n';
import { useLocation } from 'wouter';
import { whenLoggedOut } from './api/call';
import { queryClient } from './api/client';
import { keys } from './api/keys';
import { ProblemError } from './api/problem';
import { useSession } from './api/shared';
import { DeskApp } from './desk-app';
import { LinkPage, LoginPage, ResetPage } from './features/login';
import { Failed, Skeleton } from './ui/states';
import { Toasts } from './ui/toast';

/** Who is there decides what is shown: the desk, the log-in, or what a link from a mail is for. */
function Gate() {
  const { t } = useTranslation();
  const [path] = useLocation();
  const session = useSession();
  useEffect(() => whenLoggedOut(() => {
    if (queryClient.getQueryData(keys.me)) void queryClient.resetQueries({ queryKey: keys.me });
  }), []);
  if (path.startsWith('/link')) return <Suspense fallback={null}><LinkPage /></Suspense>;
  if (path.startsWith('/reset')) return <Suspense fallback={null}><ResetPage /></Suspense>;
  if (session.data) return <DeskApp key={session.data.account.id} />;
  if (session.error instanceof ProblemError && session.error.code === 'not-logged-in') return <LoginPage />;
  if (session.error) return <main className="grid h-full place-items-center"><h1 className="sr-only">{t('app')}</h1><Failed error={session.error} retry={() => void session.refetch()} /></main>;
  return <main><h1 className="sr-only">{t('app')}</h1><Skeleton rows={3} /></main>;
}

/** The whole console. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Gate />
      <Toasts />
    </QueryClientProvider>
  );
}
