import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { Link } from 'wouter';
import { boardEndpoints, type WorkItemRow } from '../../../protocol/board';
import type { CallInput } from '../../../protocol/endpoint';
import { workforceEndpoints } from '../../../protocol/workforce';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { useAgentName, useAgents, useChannels, useMay, useQueues } from '../../api/shared';
import { duration } from '../../lib/format';
import { useTranslation } from '../../lib/i18n';
import { subjectText } from '../../lib/subject';
import { Button, IconButton } from '../../ui/button';
import { ChannelIcon } from '../../ui/marks';
import { Menu, MenuItem, MenuLabel } from '../../ui/menu';
import { Table } from '../../ui/page';
import { Empty, Failed, Skeleton, troubleOf } from '../../ui/states';
import { Since, useManner } from '../../ui/time';
import { toast } from '../../ui/toast';

type Filter = NonNullable<CallInput<typeof boardEndpoints.items>['query']>;

function useMove(item: WorkItemRow) {
  const { t } = useTranslation();
  return useMutation({
    mutationFn: (to: { queueId?: string; agentId?: string }) => (to.agentId
      ? call(workforceEndpoints.reassign, { params: { id: item.id }, body: { agentId: to.agentId } })
      : call(workforceEndpoints.requeue, { params: { id: item.id }, body: to.queueId ? { queueId: to.queueId } : {} })),
    onSuccess: () => {
      toast(t('done.moved'));
      void queryClient.invalidateQueries({ queryKey: ['work-items'] });
    },
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
}

function Move({ item }: { item: WorkItemRow }) {
  const { t } = useTranslation();
  const may = useMay();
  const move = useMove(item);
  const queues = useQueues().data ?? [];
  const agents = (useAgents().data ?? []).filter((agent) => agent.queueIds.includes(item.queueId) && agent.id !== item.agentId);
  if (item.state === 'ended' || !(may('work.requeue') || may('work.reassign'))) return null;
  return (
    <Menu align="end" label={t('board.move')} trigger={<IconButton small label={t('board.move')}><Ellipsis size={14} /></IconButton>}>
      {may('work.requeue') ? <MenuLabel>{t('board.requeue')}</MenuLabel> : null}
      {may('work.requeue') ? queues.map((queue) => <MenuItem key={queue.id} onSelect={() => move.mutate(queue.id === item.queueId ? {} : { queueId: queue.id })}>{queue.name}</MenuItem>) : null}
      {may('work.reassign') ? <MenuLabel>{t('board.reassign')}</MenuLabel> : null}
      {may('work.reassign') ? agents.map((agent) => <MenuItem key={agent.id} hint={t(`state.${agent.state}`)} onSelect={() => move.mutate({ agentId: agent.id })}>{agent.name}</MenuItem>) : null}
    </Menu>
  );
}

/** The items behind a figure, each to be opened, traced or moved. */
export function WorkItems({ filter }: { filter: Filter }) {
  const { t } = useTranslation();
  const nameOf = useAgentName();
  const manner = useManner();
  const channels = useChannels().data;
  const items = useInfiniteQuery({
    queryKey: keys.workItems(filter), initialPageParam: '', staleTime: 0,
    queryFn: ({ pageParam }) => call(boardEndpoints.items, { query: { ...filter, limit: 100, ...(pageParam ? { after: pageParam } : {}) } }),
    getNextPageParam: (last) => last.next,
  });
  const rows = items.data?.pages.flatMap((page) => page.rows);
  if (!rows) return troubleOf(items) ? <Failed error={troubleOf(items)} retry={() => void items.refetch()} /> : <Skeleton rows={3} />;
  if (rows.length === 0) return <Empty title={t('board.no-items')} />;
  return (
    <>
      <Table label={t('board.items')} head={[t('board.item'), t('board.state'), t('board.who'), t('board.since'), '']}>
        {rows.map((item) => (
          <tr key={item.id}>
            <td className="max-w-80"><Link href={`/tickets/${item.ticketId}`} className="flex items-center gap-2 hover:underline"><ChannelIcon name={channels?.find((one) => one.id === item.channel)?.icon ?? item.channel} size={14} className="text-muted" /><span className="text-muted tnum">#{item.ticketNumber}</span><span dir="auto" className="truncate">{subjectText(t, item.subject)}</span></Link></td>
            <td className="whitespace-nowrap">{t(`item.${item.state}`)}{item.position === null ? null : <span className="text-muted tnum"> · {t('item.position', { position: item.position })}{item.expectedWait === null ? null : <> · {t('item.expected', { time: duration(item.expectedWait, manner) })}</>}</span>}</td>
            <td className="whitespace-nowrap">{nameOf(item.agentId)}</td>
            <td className="whitespace-nowrap"><Since at={item.arrivedAt} /></td>
            <td className="in-corner"><span className="flex items-center justify-end gap-1"><Link href={`/trace/${item.id}`} className="text-sm text-accent underline-offset-2 hover:underline">{t('trace.short')}</Link><Move item={item} /></span></td>
          </tr>
        ))}
      </Table>
      {items.hasNextPage ? <Button className="mt-4" disabled={items.isFetchingNextPage} onClick={() => void items.fetchNextPage()}>{t('list.load-more')}</Button> : null}
    </>
  );
}
