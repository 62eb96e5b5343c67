import { useQuery } from '@tanstack/react-query';
import { workforceEndpoints, type Agent } from '../../../protocol/workforce';
import { call } from '../../api/call';
import { useActorName } from '../../lib/actor-name';
import { duration } from '../../lib/format';
import { useTranslation } from '../../lib/i18n';
import { useReason } from '../../lib/reason';
import { StateSign } from '../../ui/marks';
import { Table } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { At, Since, useManner } from '../../ui/time';

/** What an agent was doing when, for how long, and who changed it. */
export function AgentHistory({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const manner = useManner();
  const wordOf = useReason();
  const actorName = useActorName();
  const history = useQuery({ queryKey: ['agent-states', agent.id, agent.since], queryFn: () => call(workforceEndpoints.agentStates, { params: { id: agent.id }, query: { limit: 50 } }), staleTime: 0 });
  return (
    <details className="mt-6" data-testid="agent-history">
      <summary className="fold w-fit rounded-sm text-md font-semibold">{t('history.title')}</summary>
      <Loaded query={history} rows={3}>
        {({ rows }) => (rows.length === 0 ? <Empty title={t('history.empty')} /> : (
          <Table label={t('history.title')} head={[t('history.at'), t('board.state'), t('history.length'), t('history.by')]}>
            {rows.map((row, index) => {
              const next = rows[index - 1];
              return (
                <tr key={`${row.at}${row.to}${row.reason}`}>
                  <td className="whitespace-nowrap"><At at={row.at} /></td>
                  <td><span className="inline-flex items-center gap-2"><StateSign state={row.to} />{t(`state.${row.to}`)}{row.reason ? <span className="text-muted"> · {wordOf(row.reason)}</span> : null}</span></td>
                  <td className="whitespace-nowrap tnum">{next ? duration((Date.parse(next.at) - Date.parse(row.at)) / 1000, manner) : <Since at={row.at} />}</td>
                  <td><bdi>{actorName(row.by)}</bdi></td>
                </tr>
              );
            })}
          </Table>
        ))}
      </Loaded>
    </details>
  );
}
