import { ChevronDown } from 'lucide-react';
import { useTranslation } from '../../lib/i18n';
import type { Offer } from '../../../protocol/workforce';
import { useChannel } from '../../api/shared';
import { useNow } from '../../lib/clock';
import { isMac, keysOf, useAriaKeys } from '../../lib/shortcuts';
import { showStroke } from '../../lib/keys';
import { usePreferences } from '../../lib/preferences';
import { subjectText } from '../../lib/subject';
import { Button, IconButton } from '../../ui/button';
import { ChannelIcon, Keys } from '../../ui/marks';
import { Menu, MenuItem } from '../../ui/menu';
import { Since } from '../../ui/time';

interface OfferCardProps { offer: Offer; first: boolean; busy: boolean; onAccept: () => void; onDecline: (reason?: string) => void; reasons: string[] }

/** One piece of work, who it is from, how long it waited, and how long it can still be answered. */
export function OfferCard({ offer, first, busy, onAccept, onDecline, reasons }: OfferCardProps) {
  const { t } = useTranslation();
  const channel = useChannel(offer.channel);
  const keymap = usePreferences((state) => state.keymap);
  const acceptKeys = useAriaKeys('offer.accept');
  const declineKeys = useAriaKeys('offer.decline');
  const now = useNow(1000);
  const whole = Date.parse(offer.expiresAt) - Date.parse(offer.offeredAt);
  const left = Math.min(whole, Math.max(0, Date.parse(offer.expiresAt) - now));
  const key = (command: 'offer.accept' | 'offer.decline') => {
    const stroke = first ? keysOf(command, keymap)[0] : undefined;
    return stroke ? <Keys>{showStroke(stroke, isMac())}</Keys> : null;
  };
  return (
    <div role="alertdialog" aria-label={t('offer.label', { name: offer.customerName, channel: channel?.name ?? offer.channel })} data-testid="offer-card" data-offer={offer.id}
      className="pointer-events-auto overflow-hidden rounded-lg bg-surface shadow-float animate-rise">
      <div aria-hidden className="h-1 bg-hover">
        <div className="h-1 origin-left bg-accent transition-transform duration-1000 ease-linear rtl:origin-right motion-reduce:transition-none" style={{ transform: `scaleX(${whole > 0 ? left / whole : 0})` }} />
      </div>
      <div className="grid gap-0.5 px-3 pt-2">
        <p className="flex items-center gap-2 text-xs text-muted">
          <ChannelIcon name={channel?.icon ?? offer.channel} label={channel?.name ?? offer.channel} size={14} />
          <span className="min-w-0 flex-1 truncate">{offer.queueName}</span>
          <span role="timer" aria-live="off" aria-label={t('offer.left')} className="font-semibold text-soft">{Math.ceil(left / 1000)}</span>
        </p>
        <p className="truncate text-md font-semibold" dir="auto">{offer.customerName}</p>
        {offer.phone === null ? null : <p className="text-md font-semibold tnum" data-testid="offer-phone">{t('offer.call', { number: offer.phone })}</p>}
        <p className="line-clamp-2 text-sm text-soft" dir="auto">{subjectText(t, offer.subject)}</p>
        {offer.invitation ? <p className="text-sm text-accent">{t(`offer.asks.${offer.invitation.kind}`, { name: offer.invitation.byName })}{offer.invitation.note ? <span className="line-clamp-2 text-soft" dir="auto">{offer.invitation.note}</span> : null}</p> : null}
        <p className="text-xs text-muted">{t('offer.waited')} <Since at={offer.arrivedAt} /></p>
      </div>
      <div className="grid gap-1 p-2">
        <Button look="primary" small data-testid="offer-accept" disabled={busy} onClick={onAccept} className="justify-between!" {...acceptKeys}>{t('offer.accept')}{key('offer.accept')}</Button>
        <div className="flex items-center">
          <Button look="quiet" small data-testid="offer-decline" disabled={busy} onClick={() => onDecline()} className="min-w-0 flex-1 justify-between!" {...declineKeys}>{t('offer.decline')}{key('offer.decline')}</Button>
          {reasons.length > 0 ? (
            <Menu align="end" label={t('offer.why')} trigger={<IconButton label={t('offer.why')} disabled={busy}><ChevronDown size={14} /></IconButton>}>
              {reasons.map((reason) => <MenuItem key={reason} onSelect={() => onDecline(reason)}>{reason}</MenuItem>)}
            </Menu>
          ) : null}
        </div>
      </div>
    </div>
  );
}
