import { accessEndpoints } from '../../../protocol/access';
import { call } from '../../api/call';
import { useMay } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Empty, Loaded } from '../../ui/states';
import { useAccounts } from './accounts';
import { useTeams } from './organisation';
import { AddByName } from './add-by-name';

/** Teams and how many belong to each. */
export function TeamsSection() {
  const { t } = useTranslation();
  const may = useMay();
  const teams = useTeams();
  const accounts = useAccounts().data ?? [];
  return (
    <div className="max-w-[720px]">
      <Loaded query={teams} rows={2}>
        {(rows) => (rows.length === 0 ? <Empty title={t('teams.empty')} text={t('teams.empty.text')} /> : <ul>{rows.map((team) => <li key={team.id} className="flex min-h-10 items-center border-b border-line text-md"><span className="flex-1"><bdi>{team.name}</bdi></span><span className="text-muted">{t('teams.members', { count: accounts.filter((one) => one.teamId === team.id).length })}</span></li>)}</ul>)}
      </Loaded>
      {may('account.manage') ? <AddByName label={t('teams.new')} add={(name) => call(accessEndpoints.addTeam, { body: { name } })} /> : null}
    </div>
  );
}
