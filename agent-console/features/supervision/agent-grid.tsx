import type { Agent, AgentState } from '../../../protocol/workforce';
import { useTranslation } from '../../lib/i18n';
import { useReason } from '../../lib/reason';
import { StateSign } from '../../ui/marks';
import { Since } from '../../ui/time';

const order: AgentState[] = ['not-responding', 'available', 'busy', 'wrap-up', 'away', 'offline'];

function Tile({ agent, open }: { agent: Agent; open: () => void }) {
  const { t } = useTranslation();
  const wordOf = useReason();
  return (
    <li>
      <button type="button" onClick={open} title={t('board.agent', { name: agent.name, state: t(`state.${agent.state}`) })} className="flex min-h-12 w-full flex-col justify-center gap-1 rounded-md px-3 py-1 text-start ring-1 ring-line ring-inset transition-colors duration-(--quick) hover:bg-hover xl:min-h-16 xl:px-4">
        <span className="flex w-full items-baseline gap-2"><span dir="auto" className="min-w-0 flex-1 truncate text-md font-medium xl:text-lg">{agent.name}</span><Since at={agent.since} className="text-sm text-muted xl:text-lg" /></span>
        <span className="flex w-full items-center gap-2 text-xs text-muted xl:text-md">
          <span className="h-1 flex-1 rounded-full bg-hover" title={t('state.load', { load: agent.load })}><span className="block h-1 rounded-full bg-accent" style={{ width: `${Math.min(100, agent.load)}%` }} /></span>
          {agent.over ? <span className="text-warn">{t('work.over')}</span> : null}
          {agent.reason ? <span className="truncate">{wordOf(agent.reason)}</span> : null}
        </span>
      </button>
    </li>
  );
}

/** Agents by state with the time they have been in it; those who need somebody first. */
export function AgentGrid({ agents, open }: { agents: Agent[]; open: (agent: Agent) => void }) {
  const { t } = useTranslation();
  const groups = order.map((state) => ({ state, members: agents.filter((agent) => agent.state === state).sort((one, other) => one.since.localeCompare(other.since)) })).filter(({ members }) => members.length > 0);
  return (
    <section aria-label={t('board.agents')} className="mt-6 grid grid-cols-[repeat(auto-fit,minmax(190px,1fr))] gap-x-4 gap-y-6 xl:grid-cols-[repeat(auto-fit,minmax(260px,1fr))]">
      {groups.map(({ state, members }) => (
        <div key={state}>
          <h2 className="mb-2 flex items-center gap-2 text-md font-semibold xl:gap-3 xl:text-xl"><StateSign state={state} className="size-2.5 xl:size-3.5" />{t(`state.${state}`)}<span className="font-normal text-muted tnum">{members.length}</span></h2>
          <ul className="grid gap-2">{members.map((agent) => <Tile key={agent.id} agent={agent} open={() => open(agent)} />)}</ul>
        </div>
      ))}
    </section>
  );
}
