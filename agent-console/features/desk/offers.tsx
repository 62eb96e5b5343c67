import { useEffect, useRef } from 'react';
import { useTranslation } from '../../lib/i18n';
import { useMutation } from '@tanstack/react-query';
import type { Desk, Offer } from '../../../protocol/workforce';
import { problemText } from '../../api/problem';
import { useDesk } from '../../api/shared';
import { notify } from '../../lib/attention';
import { useNow } from '../../lib/clock';
import { useCommand } from '../../lib/shortcuts';
import { ring } from '../../lib/sound';
import { subjectText } from '../../lib/subject';
import { acceptOffer, declineOffer } from '../../realtime/desk';
import { toast } from '../../ui/toast';
import { OfferCard } from './offer-card';
import { useScreenPop } from './use-screen-pop';

function useArrivals(desk: Desk | undefined, onAccepted: (ticketId: string) => void): void {
  const { t } = useTranslation();
  const known = useRef<{ offers: Set<string>; offered: Set<string>; work: Set<string> } | null>(null);
  useEffect(() => {
    if (!desk) return;
    const before = known.current;
    known.current = { offers: new Set(desk.offers.map((offer) => offer.id)), offered: new Set(desk.offers.map((offer) => offer.ticketId)), work: new Set(desk.assigned.map((item) => item.workItemId)) };
    const fresh = desk.offers.filter((offer) => !before?.offers.has(offer.id));
    if (fresh.length > 0) ring();
    fresh.forEach((offer) => notify({ title: offer.customerName, body: subjectText(t, offer.subject), tag: offer.id, open: () => {} }));
    const given = before ? desk.assigned.find((item) => !before.work.has(item.workItemId)) : undefined;
    // What was offered here and accepted in another tab is worked on there.
    if (!given || before?.offered.has(given.ticketId) || location.pathname.endsWith(given.ticketId)) return;
    if (/^\/inbox\/[^/]+\/[0-9a-f]{24}/.test(location.pathname)) toast(t('offer.assigned'));
    else onAccepted(given.ticketId);
  }, [desk, onAccepted, t]);
}

const isOpen = (now: number) => (offer: Offer): boolean => Date.parse(offer.expiresAt) > now;

/** The offers of this moment, on every page, without ever taking the focus. */
export function Offers({ onAccepted }: { onAccepted: (ticketId: string) => void }) {
  const { t } = useTranslation();
  const desk = useDesk().data;
  const now = useNow(1000);
  const open = (desk?.offers ?? []).filter(isOpen(now));
  const first = open[0];
  const failed = (error: unknown) => toast(problemText(t, error), { bad: true });
  const accept = useMutation({ mutationFn: acceptOffer, onSuccess: onAccepted, onError: failed });
  const decline = useMutation({ mutationFn: ({ id, reason }: { id: string; reason?: string | undefined }) => declineOffer(id, reason), onError: failed });
  const busy = accept.isPending || decline.isPending;
  useArrivals(desk, onAccepted);
  useScreenPop(onAccepted);
  useCommand('offer.accept', () => !busy && first && accept.mutate(first.id), first !== undefined);
  useCommand('offer.decline', () => !busy && first && decline.mutate({ id: first.id }), first !== undefined);
  // On a phone one at a time, so that what one writes stays in sight.
  return (
    <section aria-label={t('offer.region')} aria-live="assertive" className="pointer-events-none fixed inset-x-2 bottom-14 z-30 grid gap-2 sm:inset-x-auto sm:start-16 sm:bottom-2 sm:w-48 max-sm:[&>:not(:first-child)]:hidden">
      {open.map((offer, index) => (
        <OfferCard key={offer.id} offer={offer} first={index === 0} busy={busy} onAccept={() => accept.mutate(offer.id)} reasons={desk?.declineReasons ?? []} onDecline={(reason) => decline.mutate({ id: offer.id, reason })} />
      ))}
    </section>
  );
}
