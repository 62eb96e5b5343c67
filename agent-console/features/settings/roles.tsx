import { useState } from 'react';
import { accessEndpoints, type Role } from '../../../protocol/access';
import { abilities, type Ability } from '../../../protocol/abilities';
import { call } from '../../api/call';
import { useMay } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Segments, TextField, Tick } from '../../ui/field';
import { Actions, Dialog } from '../../ui/dialog';
import { Loaded } from '../../ui/states';
import { useRoleName, useRoles } from './organisation';
import { useSaving } from './saving';

const scopes = ['own', 'team', 'all'] as const;

function RoleDialog({ role, onClose }: { role: Role | null; onClose: () => void }) {
  const { t } = useTranslation();
  const roleName = useRoleName();
  const [name, setName] = useState(role?.name ?? '');
  const [scope, setScope] = useState(role?.scope ?? 'team');
  const [chosen, setChosen] = useState<Ability[]>(role?.abilities ?? []);
  const save = useSaving(() => call(accessEndpoints.putRole, { params: { name: name.trim() }, body: { abilities: chosen, scope } }), { done: onClose });
  const kinds = [...new Set(abilities.map((ability) => ability.split('.')[0] ?? ''))];
  return (
    <Dialog open onClose={onClose} wide title={role ? roleName(role.name) : t('roles.new')}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
        {role ? null : <div className="max-w-72"><TextField label={t('roles.name')} required maxLength={40} value={name} onChange={(event) => setName(event.target.value)} /></div>}
        <Segments label={t('roles.scope')} value={scope} onChange={setScope} options={scopes.map((value) => ({ value, label: t(`scope.${value}`) }))} />
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
          {kinds.map((kind) => (
            <fieldset key={kind} className="content-start"><legend className="mb-1 text-sm font-medium text-soft">{t(`ability-kind.${kind}`)}</legend>
              {abilities.filter((ability) => ability.startsWith(`${kind}.`)).map((ability) => <Tick key={ability} label={t(`ability.${ability}`)} checked={chosen.includes(ability)} onChange={(event) => setChosen(event.target.checked ? [...chosen, ability] : chosen.filter((one) => one !== ability))} />)}
            </fieldset>
          ))}
        </div>
        <Actions><Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit" disabled={save.isPending}>{t('save')}</Button></Actions>
      </form>
    </Dialog>
  );
}

/** Roles are sets of abilities with a reach; anybody may have several. */
export function RolesSection() {
  const { t } = useTranslation();
  const may = useMay();
  const roles = useRoles();
  const roleName = useRoleName();
  const [edited, setEdited] = useState<Role | 'new' | null>(null);
  return (
    <div className="max-w-[720px]">
      {may('account.manage') ? <Button look="primary" className="mb-4" onClick={() => setEdited('new')}>{t('roles.new')}</Button> : null}
      <Loaded query={roles}>
        {(rows) => <ul>{rows.map((role) => (
          <li key={role.name} className="flex min-h-12 items-center gap-3 border-b border-line text-md">
            <span className="min-w-0 flex-1"><span className="block font-medium">{roleName(role.name)}</span><span className="block truncate text-sm text-muted">{t(`scope.${role.scope}`)} · {t('roles.abilities', { count: role.abilities.length })}</span></span>
            {may('account.manage') ? <Button small onClick={() => setEdited(role)}>{t('change')}</Button> : null}
          </li>
        ))}</ul>}
      </Loaded>
      {edited ? <RoleDialog role={edited === 'new' ? null : edited} onClose={() => setEdited(null)} /> : null}
    </div>
  );
}
