import { Direction } from 'radix-ui';
import { Suspense, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { accessEndpoints } from '../protocol/access';
import { call } from './api/call';
import { queryClient } from './api/client';
import { useCounts, useDesk, useMe } from './api/shared';
import { Offers, StateSwitch, useFollowed, WrapUpBar } from './features/desk';
import { Palette, ShortcutHelp } from './features/palette';
import { Shell } from './features/shell';
import { useAttention } from './lib/attention';
import { directionOf, speak, useTranslation } from './lib/i18n';
import { usePreferences } from './lib/preferences';
import { useCommand } from './lib/shortcuts';
import { watchActivity } from './realtime/active';
import { useLink } from './realtime/link';
import { emptyOutbox, flush } from './realtime/outbox';
import { connect, onceBack } from './realtime/socket';
import { Routes } from './routes';
import { SideTop } from './ui/side-pane';
import { useZone } from './ui/time';


async function logOut(): Promise<void> {
  await call(accessEndpoints.logOut).catch(() => {});
  emptyOutbox();
  queryClient.clear();
  location.assign('/');
}

function useLiveDesk(): void {
  const { account, company } = useMe();
  const chosen = usePreferences((state) => state.language);
  const loggedOut = useLink((state) => state.loggedOut);
  useEffect(() => connect(account.id), [account.id]);
  useEffect(watchActivity, []);
  useEffect(() => onceBack(() => void flush()), []);
  useEffect(() => useZone.setState({ timeZone: account.timeZone || company.timeZone }), [account.timeZone, company.timeZone]);
  useEffect(() => void speak(chosen || account.locale), [chosen, account.locale]);
  useEffect(() => {
    if (loggedOut) void queryClient.resetQueries({ queryKey: ['me'] });
  }, [loggedOut]);
}

/** The desk of somebody who is logged in: connection, shell, pages, and what may appear over any page. */
export function DeskApp() {
  const { language } = useTranslation();
  const me = useMe();
  const [over, setOver] = useState<'palette' | 'help' | null>(null);
  const [, go] = useLocation();
  const counts = useCounts();
  const desk = useDesk();
  useLiveDesk();
  useFollowed((ticketId) => go(`/inbox/all/${ticketId}`));
  useAttention((counts.data?.unread ?? 0) + (desk.data?.offers.length ?? 0), me.company.name);
  useCommand('go.palette', () => setOver('palette'));
  useCommand('go.help', () => setOver('help'));
  const isAgent = me.abilities.includes('work.take');
  return (
    <Direction.Provider dir={directionOf(language)}>
      <SideTop.Provider value={isAgent ? <StateSwitch /> : null}>
        <Shell onHelp={() => setOver('help')} onPalette={() => setOver('palette')} onLogOut={() => void logOut()} bar={isAgent ? <WrapUpBar /> : null}>
          <Routes />
        </Shell>
        {isAgent ? <Offers onAccepted={(ticketId) => go(`/inbox/mine/${ticketId}`)} /> : null}
        <Suspense fallback={null}>
          {over === 'palette' ? <Palette onClose={() => setOver(null)} onHelp={() => setOver('help')} onLogOut={() => void logOut()} /> : null}
          {over === 'help' ? <ShortcutHelp onClose={() => setOver(null)} /> : null}
        </Suspense>
      </SideTop.Provider>
    </Direction.Provider>
  );
}
