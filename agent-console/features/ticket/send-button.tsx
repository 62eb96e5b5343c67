import { ChevronDown } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import { showStroke } from '../../lib/keys';
import { usePreferences } from '../../lib/preferences';
import { isMac, keysOf, useAriaKeys } from '../../lib/shortcuts';
import { morningIn } from '../../lib/wall-clock';
import { Button } from '../../ui/button';
import { Menu, MenuItem, MenuLabel } from '../../ui/menu';
import { useManner } from '../../ui/time';
import type { Kind } from './composer-state';

const LaterDialog = lazy(() => import('./later-dialog').then((file) => ({ default: file.LaterDialog })));

/** What happens with the sending. */
export interface Then { status?: 'pending' | 'solved'; sendAt?: string }

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

/** Sends; beside it, what may follow and when. */
export function SendButton({ kind, later, empty, onSend }: { kind: Kind; later: boolean; empty: boolean; onSend: (then: Then) => void }) {
  const [choosing, setChoosing] = useState(false);
  const { t } = useTranslation();
  const { timeZone } = useManner();
  const keymap = usePreferences((state) => state.keymap);
  const keys = useAriaKeys('ticket.send');
  const stroke = keysOf('ticket.send', keymap)[0];
  return (
    <span className="flex">
      <Button look="primary" data-testid="composer-send" aria-disabled={empty} onClick={() => onSend({})} className={kind === 'agent' ? 'rounded-e-none' : ''} {...keys}>
        {t(kind === 'note' ? 'composer.add-note' : 'send')}
        {stroke ? <span aria-hidden className="hidden text-xs font-normal opacity-90 sm:pointer-fine:inline">{showStroke(stroke, isMac())}</span> : null}
      </Button>
      {kind === 'agent' ? (
        <Menu align="end" label={t('send.more')} trigger={<Button look="primary" aria-disabled={empty} aria-label={t('send.more')} className="rounded-s-none border-s border-on-accent/30 px-1.5!"><ChevronDown size={14} /></Button>}>
          <MenuItem disabled={empty} onSelect={() => onSend({ status: 'pending' })}>{t('send.pending')}</MenuItem>
          <MenuItem disabled={empty} onSelect={() => onSend({ status: 'solved' })}>{t('send.solve')}</MenuItem>
          {later ? <MenuLabel>{t('send.later')}</MenuLabel> : null}
          {later ? <MenuItem disabled={empty} onSelect={() => onSend({ sendAt: inHours(1) })}>{t('send.in-hour')}</MenuItem> : null}
          {later ? <MenuItem disabled={empty} onSelect={() => onSend({ sendAt: morningIn(1, timeZone).toISOString() })}>{t('send.tomorrow')}</MenuItem> : null}
          {later ? <MenuItem disabled={empty} onSelect={() => setChoosing(true)}>{t('send.at')}</MenuItem> : null}
        </Menu>
      ) : null}
      {choosing ? <Suspense fallback={null}><LaterDialog onClose={() => setChoosing(false)} onSend={(sendAt) => { setChoosing(false); onSend({ sendAt }); }} /></Suspense> : null}
    </span>
  );
}
