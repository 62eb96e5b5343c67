import { BookOpen, CircleHelp, Gauge, Inbox, ChartNoAxesColumn, Settings, Users, type LucideIcon } from 'lucide-react';
import { useTranslation } from '../../lib/i18n';
import { Link, useLocation } from 'wouter';
import type { Ability } from '../../../protocol/abilities';
import { useCounts, useMay, useMe } from '../../api/shared';
import { cx } from '../../lib/cx';
import { useAriaKeys, useCommand, type CommandId } from '../../lib/shortcuts';
import { IconButton } from '../../ui/button';
import { Avatar } from '../../ui/marks';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../../ui/menu';

interface Place { href: string; also?: string[]; name: string; icon: LucideIcon; needs?: Ability; command?: CommandId }

const places: Place[] = [
  { href: '/inbox', name: 'nav.inbox', icon: Inbox, needs: 'ticket.read', command: 'go.inbox' },
  { href: '/board', name: 'nav.board', icon: Gauge, needs: 'board.watch', command: 'go.board' },
  { href: '/customers', name: 'nav.customers', icon: Users, needs: 'customer.read', command: 'go.customers' },
  { href: '/knowledge', also: ['/guides'], name: 'nav.knowledge', icon: BookOpen, needs: 'article.read', command: 'go.knowledge' },
  { href: '/reports', also: ['/simulator'], name: 'nav.reports', icon: ChartNoAxesColumn, needs: 'report.read' },
];

const look = 'relative flex size-10 items-center justify-center rounded-md transition-colors duration-(--quick)';

function RailLink({ place: { href, also = [], name, icon: Icon, command }, dot }: { place: Place; dot: boolean }) {
  const { t } = useTranslation();
  const [path, go] = useLocation();
  const active = [href, ...also].some((one) => path.startsWith(one));
  useCommand(command ?? 'go.inbox', () => go(href), command !== undefined);
  const keys = useAriaKeys(command);
  return (
    <Link href={href} aria-label={t(name)} title={t(name)} aria-current={active ? 'page' : undefined} {...keys} className={cx(look, active ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-hover hover:text-ink')}>
      <Icon size={18} strokeWidth={1.75} aria-hidden />
      {dot ? <span aria-hidden className="absolute end-2 top-2 size-2 rounded-full bg-accent" /> : null}
    </Link>
  );
}

export interface RailProps { onHelp: () => void; onPalette: () => void; onLogOut: () => void }

/** The main ways, at the side on a desk and at the bottom on a phone. */
export function Rail({ onHelp, onPalette, onLogOut }: RailProps) {
  const { t } = useTranslation();
  const { account, company } = useMe();
  const may = useMay();
  const counts = useCounts();
  const [, go] = useLocation();
  const helpKeys = useAriaKeys('go.help');
  const settings: Place = { href: '/settings', also: ['/welcome'], name: 'nav.settings', icon: Settings, command: 'go.settings' };
  return (
    <nav aria-label={t('nav.main')} data-pane tabIndex={-1} className="z-10 flex shrink-0 items-center justify-around gap-1 border-t border-line bg-canvas px-2 py-1 sm:w-14 sm:flex-col sm:justify-start sm:border-e sm:border-t-0 sm:px-0 sm:py-2">
      <img src="/mark.svg" alt="" width={24} height={24} className="mt-2 mb-3 hidden sm:block" />
      {places.filter(({ needs }) => !needs || may(needs)).map((place) => <RailLink key={place.href} place={place} dot={place.href === '/inbox' && (counts.data?.unread ?? 0) > 0} />)}
      <span className="hidden flex-1 sm:block" />
      <span className="hidden sm:block"><IconButton label={t('help.title')} onClick={onHelp} {...helpKeys}><CircleHelp size={18} strokeWidth={1.75} /></IconButton></span>
      <RailLink place={settings} dot={false} />
      <Menu align="start" label={account.name} trigger={<button type="button" aria-label={t('nav.me', { name: account.name })} className={look}><Avatar name={account.name} /></button>}>
        <MenuLabel>{account.name} · {company.name}</MenuLabel>
        <MenuItem onSelect={() => go('/settings/me')}>{t('nav.account')}</MenuItem>
        <MenuItem onSelect={() => go('/settings/look')}>{t('nav.look')}</MenuItem>
        <MenuItem command="go.palette" onSelect={onPalette}>{t('nav.palette')}</MenuItem>
        <MenuItem command="go.help" onSelect={onHelp}>{t('help.title')}</MenuItem>
        <MenuLine />
        <MenuItem onSelect={onLogOut}>{t('nav.log-out')}</MenuItem>
      </Menu>
    </nav>
  );
}
