import { FileText, Globe, Mail, MessageCircle, Phone, Printer, type LucideIcon } from 'lucide-react';
import { useTranslation } from '../lib/i18n';
import type { AgentState } from '../../protocol/workforce';
import type { Priority, TicketStatus } from '../../protocol/tickets';
import { cx } from '../lib/cx';

const shapes = {
  disc: 'rounded-full bg-current',
  ring: 'rounded-full border-[1.5px] border-current',
  half: 'rounded-full border-[1.5px] border-current bg-[linear-gradient(to_right,currentcolor_50%,transparent_50%)]',
  quarter: 'rounded-full border-[1.5px] border-current bg-[conic-gradient(currentcolor_25%,transparent_25%)]',
  dash: 'bg-current [clip-path:inset(40%_0)]',
  square: 'bg-current [clip-path:inset(5%)]',
  diamond: 'bg-current [clip-path:polygon(50%_0,100%_50%,50%_100%,0_50%)]',
  triangle: 'bg-current [clip-path:polygon(50%_6%,100%_94%,0_94%)]',
  up: 'bg-current [clip-path:polygon(50%_6%,100%_94%,0_94%,50%_6%,50%_36%,23%_80%,77%_80%,50%_36%)]',
  down: 'bg-current [clip-path:polygon(50%_94%,0_6%,100%_6%,50%_94%,50%_64%,77%_20%,23%_20%,50%_64%)]',
};

/** A small shape in the colour of its place, the same on every machine; the word for it stands beside it. */
export function Sign({ shape, className = 'size-2.5' }: { shape: keyof typeof shapes; className?: string }) {
  return <span aria-hidden className={cx('inline-block shrink-0 forced-color-adjust-none', shapes[shape], className)} />;
}

const stateLooks: Record<AgentState, { sign: keyof typeof shapes; colour: string }> = {
  available: { sign: 'disc', colour: 'text-good' }, busy: { sign: 'half', colour: 'text-warn' }, 'wrap-up': { sign: 'quarter', colour: 'text-violet' },
  away: { sign: 'ring', colour: 'text-muted' }, 'not-responding': { sign: 'triangle', colour: 'text-bad' }, offline: { sign: 'dash', colour: 'text-muted' },
};

/** The shape of an agent's state; the word stands beside it. */
export function StateSign({ state, className = 'size-2.5' }: { state: AgentState; className?: string }) {
  const { sign, colour } = stateLooks[state];
  return <Sign shape={sign} className={cx(colour, className)} />;
}

const icons: Record<string, LucideIcon> = { mail: Mail, email: Mail, chat: MessageCircle, 'message-circle': MessageCircle, webchat: MessageCircle, phone: Phone, voice: Phone, form: FileText, webform: FileText, fax: Printer, globe: Globe };

/** The picture of a channel by its manifest's icon or its id; something unknown gets a page. */
export function ChannelIcon({ name, label, size = 16, className }: { name: string; label?: string | undefined; size?: number; className?: string }) {
  const Icon = icons[name] ?? FileText;
  return <span className={cx('inline-flex shrink-0', className)} {...(label ? { title: label } : {})}><Icon size={size} strokeWidth={1.75} aria-hidden />{label ? <span className="sr-only">{label}</span> : null}</span>;
}

const priorityLooks: Record<Priority, string> = { low: 'text-muted', normal: 'text-muted', high: 'text-warn', urgent: 'text-bad' };
const prioritySigns: Record<Exclude<Priority, 'normal'>, keyof typeof shapes> = { low: 'down', high: 'up', urgent: 'triangle' };

/** Priority as a shape and a word; normal says nothing. */
export function PrioritySign({ priority, words = false }: { priority: Priority; words?: boolean }) {
  const { t } = useTranslation();
  if (priority === 'normal') return null;
  return (
    <span className={cx('inline-flex items-center gap-1 text-xs font-medium', priorityLooks[priority])}>
      <Sign shape={prioritySigns[priority]} />
      <span className={words ? '' : 'sr-only'}>{t(`priority.${priority}`)}</span>
    </span>
  );
}

const statusLooks: Record<TicketStatus, string> = {
  new: 'bg-accent-soft text-accent', open: 'bg-sunken text-soft', pending: 'bg-violet-soft text-violet', 'on-hold': 'bg-violet-soft text-violet', solved: 'bg-good-soft text-good', closed: 'bg-sunken text-muted',
};

/** The status of a ticket as a word on its colour. */
export function StatusChip({ status }: { status: TicketStatus }) {
  const { t } = useTranslation();
  return <span className={cx('inline-flex h-5 items-center rounded-sm px-2 text-xs font-medium', statusLooks[status])}>{t(`status.${status}`)}</span>;
}

/** A small word, e.g. a tag. */
export function Chip({ children, tone = 'plain', className }: { children: React.ReactNode; tone?: 'plain' | 'good' | 'warn' | 'bad'; className?: string }) {
  const tones = { plain: 'bg-sunken text-soft', good: 'bg-good-soft text-good', warn: 'bg-warn-soft text-warn', bad: 'bg-bad-soft text-bad' };
  return <span className={cx('inline-flex h-5 max-w-full items-center gap-1 truncate rounded-sm px-2 text-xs font-medium', tones[tone], className)}>{children}</span>;
}

/** Keys as on a keyboard; not shown where one works with fingers. */
export function Keys({ children }: { children: string }) {
  return <kbd dir="ltr" className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line bg-surface px-1 font-sans text-xs text-muted pointer-coarse:hidden">{children}</kbd>;
}

/** Two letters for a person. */
export function Avatar({ name, size = 28 }: { name: string; size?: number }) {
  // Letters only: a number has none to stand for it.
  const letters = name.split(/\s+/).map((part) => /\p{L}/u.exec(part)?.[0] ?? '').filter(Boolean).slice(0, 2).join('').toUpperCase();
  return <span aria-hidden data-letters={letters || '#'} className="inline-flex shrink-0 items-center justify-center rounded-full bg-hover text-xs font-semibold text-soft before:content-[attr(data-letters)]" style={{ width: size, height: size }} />;
}
