import type { ReactNode } from 'react';
import type { BoardFigure, BoardQueue } from '../../../protocol/board';
import { useChannels, useQueues } from '../../api/shared';
import { useNow } from '../../lib/clock';
import { cx } from '../../lib/cx';
import { duration, percent } from '../../lib/format';
import { useTranslation } from '../../lib/i18n';
import { ChannelIcon, Sign } from '../../ui/marks';
import { Sideways } from '../../ui/sideways';
import { useManner } from '../../ui/time';
import { riskOf, byRisk, type Risk } from './risk';

/** What can be opened: a field of BoardQueue. */
export type Figure = BoardFigure;

const big = 'text-xl xl:text-3xl font-semibold tnum tracking-tight';
const tone: Record<Risk, string> = { fine: '', 'at-risk': 'text-warn', breached: 'text-bad' };

interface CellProps { label: string; risk?: Risk; open: () => void; children: ReactNode; className?: string }

/** A figure that opens its formula and items. */
function Cell({ label, risk, open, children, className }: CellProps) {
  return (
    <td className="p-0 align-middle">
      <button type="button" title={label} onClick={open} className={cx('flex min-h-14 w-full items-center gap-2 rounded-md px-2 text-start transition-colors duration-(--quick) hover:bg-hover xl:min-h-20', risk && tone[risk], className)}>
        {risk === undefined ? null : <span aria-hidden className="flex w-3 xl:w-5">{risk === 'fine' ? null : <Sign shape={risk === 'breached' ? 'square' : 'diamond'} className="size-2.5 xl:size-4" />}</span>}
        {children}
        <span className="sr-only">{label}</span>
      </button>
    </td>
  );
}

function ByChannel({ queue }: { queue: BoardQueue }) {
  const channels = useChannels().data;
  return (
    <span className="flex flex-wrap gap-x-2 text-sm text-muted tnum xl:text-lg">
      {Object.entries(queue.waitingByChannel).filter(([, count]) => count > 0).map(([id, count]) => (
        <span key={id} className="inline-flex items-center gap-1"><ChannelIcon name={channels?.find((one) => one.id === id)?.icon ?? id} label={channels?.find((one) => one.id === id)?.name ?? id} size={14} />{count}</span>
      ))}
    </span>
  );
}

/** Share within the target as a bar with a line where it should be. */
function Level({ queue, risk }: { queue: BoardQueue; risk: Risk }) {
  const manner = useManner();
  const fill = { fine: 'bg-good', 'at-risk': 'bg-warn', breached: 'bg-bad' }[risk];
  if (queue.withinTarget === null) return <span className={cx(big, 'text-muted')}>–</span>;
  return (
    <>
      <span className={cx(big, 'min-w-[2.7em]')}>{percent(queue.withinTarget, manner)}</span>
      <span aria-hidden className="relative hidden h-2 min-w-16 flex-1 rounded-full bg-hover md:block xl:h-3">
        <span className={cx('absolute inset-y-0 start-0 rounded-full forced-color-adjust-none', fill)} style={{ width: `${queue.withinTarget * 100}%` }} />
        {queue.target === null ? null : <span className="absolute -inset-y-1 w-[2px] bg-ink" style={{ insetInlineStart: `${queue.target * 100}%` }} />}
      </span>
    </>
  );
}

function Row({ queue, open }: { queue: BoardQueue; open: (figure: Figure) => void }) {
  const { t } = useTranslation();
  const manner = useManner();
  const now = useNow(1000);
  const settings = useQueues().data?.find((one) => one.id === queue.queueId);
  const risk = riskOf(queue, settings?.targets ?? {}, now);
  const oldest = queue.oldestArrivedAt ? duration((now - Date.parse(queue.oldestArrivedAt)) / 1000, manner) : '–';
  const label = (figure: Figure, value: string | number) => t('board.open', { queue: queue.name, figure: t(`figure.${figure}`), value });
  return (
    <tr data-testid={`board-queue-${queue.name}`} className="border-b border-line">
      <th scope="row" className="max-w-56 truncate pe-4 text-start text-lg font-semibold xl:text-xl"><bdi>{queue.name}</bdi></th>
      <Cell label={label('waiting', queue.waiting)} open={() => open('waiting')}><span className={big} data-figure="waiting">{queue.waiting}</span><ByChannel queue={queue} /></Cell>
      <Cell label={label('oldestArrivedAt', oldest)} risk={risk.wait} open={() => open('oldestArrivedAt')}><span className={cx(big, 'whitespace-nowrap')}>{oldest}</span></Cell>
      <Cell label={label('withinTarget', queue.withinTarget === null ? '–' : percent(queue.withinTarget, manner))} risk={risk.level} open={() => open('withinTarget')}><Level queue={queue} risk={risk.level} /></Cell>
      <Cell label={label('inProgress', queue.inProgress)} open={() => open('inProgress')}><span className={big} data-figure="inProgress">{queue.inProgress}</span></Cell>
      <Cell label={label('expectedWait', queue.expectedWait === null ? '–' : duration(queue.expectedWait, manner))} open={() => open('expectedWait')}><span className={cx(big, 'whitespace-nowrap')}>{queue.expectedWait === null ? '–' : duration(queue.expectedWait, manner)}</span>{!queue.expectedWaitOff ? null : <span title={t('board.off')} className="text-sm whitespace-nowrap text-muted tnum xl:text-lg">± {duration(queue.expectedWaitOff, manner)}</span>}</Cell>
      <Cell label={label('handledToday', queue.handledToday)} open={() => open('handledToday')}><span className={big} data-figure="handledToday">{queue.handledToday}</span><span className="text-sm text-muted tnum xl:text-lg">/ {queue.arrivedToday}</span></Cell>
      <Cell label={label('abandonedToday', queue.abandonedToday)} open={() => open('abandonedToday')}><span className={big}>{queue.abandonedToday}</span></Cell>
    </tr>
  );
}

/** Figures with a sign before them, which the words above leave room for. */
const marked = new Set<Figure>(['oldestArrivedAt', 'withinTarget']);
const heads: Figure[] = ['waiting', 'oldestArrivedAt', 'withinTarget', 'inProgress', 'expectedWait', 'handledToday', 'abandonedToday'];

/** A row per queue, those in trouble first. */
export function QueueTable({ queues, open }: { queues: BoardQueue[]; open: (queue: BoardQueue, figure: Figure) => void }) {
  const { t } = useTranslation();
  return (
    <Sideways label={t('inbox.queues')}>
      <table className="w-full border-collapse">
        <thead><tr className="border-b border-line"><th scope="col" className="h-8 text-start text-xs font-medium text-muted xl:text-md">{t('board.queue')}</th>{heads.map((head) => <th key={head} scope="col" className={cx('pe-2 text-start text-xs font-medium whitespace-nowrap text-muted xl:text-md', marked.has(head) ? 'ps-7 xl:ps-9' : 'ps-2')}>{t(`figure.${head}`)}</th>)}</tr></thead>
        <tbody>{[...queues].sort(byRisk).map((queue) => <Row key={queue.queueId} queue={queue} open={(figure) => open(queue, figure)} />)}</tbody>
      </table>
    </Sideways>
  );
}
