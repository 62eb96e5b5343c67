import { useQuery } from '@tanstack/react-query';
import { accessEndpoints, type Me } from '../../protocol/access';
import type { Ability } from '../../protocol/abilities';
import { channelEndpoints, type ChannelManifest } from '../../protocol/channels';
import { workforceEndpoints, type Desk } from '../../protocol/workforce';
import { listEndpoints } from '../../protocol/lists';
import { ticketEndpoints } from '../../protocol/tickets';
import { useTranslation } from '../lib/i18n';
import { call, keepCsrf } from './call';
import { queryClient } from './client';
import { keys } from './keys';

/** Takes over who is logged in. */
export function becomeMe(me: Me): void {
  keepCsrf(me.csrf);
  queryClient.setQueryData(keys.me, me);
}

async function readMe(): Promise<Me> {
  const me = await call(accessEndpoints.me);
  keepCsrf(me.csrf);
  return me;
}

/** Who is logged in; fails with not-logged-in otherwise. */
export const useSession = () => useQuery({ queryKey: keys.me, queryFn: readMe });

/** Who is logged in, inside the desk where somebody always is. */
export function useMe(): Me {
  const { data } = useSession();
  if (!data) throw new Error('useMe outside a session');
  return data;
}

/** Whether the reader has an ability. */
export function useMay(): (ability: Ability) => boolean {
  const { abilities } = useMe();
  return (ability) => abilities.includes(ability);
}

/** Whether an object's `can` allows something, named in full or without its kind. */
export const allows = (can: readonly string[], ability: Ability): boolean => can.includes(ability) || can.includes(ability.split('.')[1] ?? '');

export const useDesk = () => useQuery({ queryKey: keys.desk, queryFn: () => call(workforceEndpoints.desk) });
export const setDesk = (desk: Desk): void => void queryClient.setQueryData(keys.desk, desk);
export const useCounts = () => useQuery({ queryKey: keys.counts, queryFn: () => call(ticketEndpoints.counts) });
export const useQueues = () => useQuery({ queryKey: keys.settings('queues'), queryFn: () => call(workforceEndpoints.queues), select: (data) => data.rows });
export const useSkills = () => useQuery({ queryKey: keys.settings('skills'), queryFn: () => call(workforceEndpoints.skills), select: (data) => data.rows });
export const useAgents = () => useQuery({ queryKey: keys.settings('agents'), queryFn: () => call(workforceEndpoints.agents), select: (data) => data.rows });
export const useDispositions = () => useQuery({ queryKey: keys.settings('dispositions'), queryFn: () => call(workforceEndpoints.dispositions), select: (data) => data.rows });

/** Saved views with their counts, which are counted anew every 10 s while somebody looks. */
export const useViews = () => useQuery({ queryKey: keys.settings('views'), queryFn: () => call(listEndpoints.views), select: (data) => data.rows, refetchInterval: ({ state }) => (state.data?.rows.length ? 10_000 : false) });
export const useMacros = () => useQuery({ queryKey: keys.settings('macros'), queryFn: () => call(listEndpoints.macros), select: (data) => data.rows });

/** The ways customers come in by, called as the reader's language calls them; one it has no word for keeps its own name. */
export function useChannels() {
  const { t, has } = useTranslation();
  return useQuery({
    queryKey: keys.settings('channels'), queryFn: () => call(channelEndpoints.channels),
    select: (data) => data.rows.map((row) => (has(`channel.${row.id}`) ? { ...row, name: t(`channel.${row.id}`) } : row)),
  });
}

/** What a channel can do; undefined until it is known. */
export const useChannel = (id: string | undefined): ChannelManifest | undefined => useChannels().data?.find((channel) => channel.id === id);

/** The name of a colleague by account id, or an empty string. */
export function useAgentName(): (id: string | null | undefined) => string {
  const { data } = useAgents();
  const { account } = useMe();
  return (id) => (id === account.id ? account.name : data?.find((agent) => agent.id === id)?.name ?? '');
}
