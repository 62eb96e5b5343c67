import { useQuery } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { accessEndpoints, type Account } from '../../../protocol/access';
import { call, listFile } from '../../api/call';
import { keys } from '../../api/keys';
import { useMay, useMe } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button, IconButton } from '../../ui/button';
import { CsvLink } from '../../ui/csv-link';
import { Chip } from '../../ui/marks';
import { Menu, MenuItem } from '../../ui/menu';
import { Table } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { AccountDialog, LinkDialog } from './account-dialog';
import { useRoleName, useTeams } from './organisation';
import { useSaving } from './saving';

/** Every account, up to 200 at a time until all are read. */
async function readAccounts(): Promise<Account[]> {
  const rows: Account[] = [];
  for (let after: string | null = ''; after !== null;) {
    const page: { rows: Account[]; next: string | null } = await call(accessEndpoints.accounts, { query: { limit: 200, ...(after ? { after } : {}) } });
    rows.push(...page.rows);
    after = page.next;
  }
  return rows;
}

export const useAccounts = () => useQuery({ queryKey: keys.settings('accounts'), queryFn: readAccounts });
function Row({ account, edit, link }: { account: Account; edit: () => void; link: (link: string) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const me = useMe();
  const roleName = useRoleName();
  const team = useTeams().data?.find((one) => one.id === account.teamId);
  const change = useSaving((disabled: boolean) => call(accessEndpoints.changeAccount, { params: { id: account.id }, body: { disabled } }));
  const reset = useSaving(() => call(accessEndpoints.resetAccount, { params: { id: account.id } }), { quiet: true, done: (made) => link(made.link) });
  return (
    <tr>
      <td className="max-w-60"><span dir="auto" className="block truncate font-medium">{account.name}</span><span className="block truncate text-sm text-muted">{account.email}</span></td>
      <td>{account.roles.map(roleName).join(', ')}</td>
      <td className="whitespace-nowrap">{team?.name ?? ''}</td>
      <td className="whitespace-nowrap">{account.disabled ? <Chip tone="bad">{t('accounts.disabled')}</Chip> : account.invited ? <Chip tone="warn">{t('accounts.invited')}</Chip> : account.secondFactor ? <Chip tone="good">{t('accounts.factor')}</Chip> : null}</td>
      <td className="in-corner text-end">{may('account.manage') ? (
        <Menu align="end" label={t('accounts.more', { name: account.name })} trigger={<IconButton label={t('accounts.more', { name: account.name })}><Ellipsis size={16} /></IconButton>}>
          <MenuItem onSelect={edit}>{t('change')}</MenuItem>
          <MenuItem onSelect={() => reset.mutate(undefined)}>{t('accounts.reset')}</MenuItem>
          {account.id === me.account.id ? null : <MenuItem danger={!account.disabled} onSelect={() => change.mutate(!account.disabled)}>{t(account.disabled ? 'accounts.enable' : 'accounts.disable')}</MenuItem>}
        </Menu>
      ) : null}</td>
    </tr>
  );
}

/** Who may log in; new people are invited by a link. */
export function AccountsSection() {
  const { t } = useTranslation();
  const may = useMay();
  const accounts = useAccounts();
  const [edited, setEdited] = useState<Account | 'new' | null>(null);
  const [link, setLink] = useState('');
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        {may('account.manage') ? <Button look="primary" onClick={() => setEdited('new')}>{t('accounts.invite')}</Button> : null}
        <CsvLink href={listFile(accessEndpoints.accounts)} />
      </div>
      <Loaded query={accounts}>
        {(rows) => <Table label={t('settings.accounts')} head={[t('accounts.who'), t('accounts.roles'), t('accounts.team'), t('accounts.state'), '']}>{rows.map((account) => <Row key={account.id} account={account} edit={() => setEdited(account)} link={setLink} />)}</Table>}
      </Loaded>
      {edited ? <AccountDialog account={edited === 'new' ? null : edited} onClose={() => setEdited(null)} onLink={setLink} /> : null}
      {link ? <LinkDialog link={link} onClose={() => setLink('')} /> : null}
    </>
  );
}
