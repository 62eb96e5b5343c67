import { useQuery } from '@tanstack/react-query';
import { accessEndpoints } from '../../../protocol/access';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { useTranslation } from '../../lib/i18n';

export const useTeams = () => useQuery({ queryKey: keys.settings('teams'), queryFn: () => call(accessEndpoints.teams), select: (data) => data.rows });
export const useRoles = () => useQuery({ queryKey: keys.settings('roles'), queryFn: () => call(accessEndpoints.roles), select: (data) => data.rows });

/** The name of a role, translated when it is one of ours. */
export function useRoleName(): (name: string) => string {
  const { t, has } = useTranslation();
  return (name) => (has(`role.${name}`) ? t(`role.${name}`) : name);
}
