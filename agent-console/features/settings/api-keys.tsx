import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { accessEndpoints } from '../../../protocol/access';
import { abilities, type Ability } from '../../../protocol/abilities';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { TextField, Tick } from '../../ui/field';
import { Table } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { Ago } from '../../ui/time';
import { useSaving } from './saving';
import { Secret } from './secret';

function NewKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<Ability[]>(['call.report']);
  const add = useSaving(() => call(accessEndpoints.addApiKey, { body: { name, abilities: chosen } }), { quiet: true });
  if (add.data) {
    return <Dialog open onClose={onClose} title={t('api-keys.made')} description={t('api-keys.made.about')}><Secret value={add.data.secret} label={t('api-keys.secret')} /><Actions><Button look="primary" onClick={onClose}>{t('done')}</Button></Actions></Dialog>;
  }
  return (
    <Dialog open onClose={onClose} wide title={t('api-keys.new')}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); add.mutate(undefined); }}>
        <TextField label={t('api-keys.name')} required maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        <fieldset><legend className="mb-1 text-sm font-medium text-soft">{t('api-keys.abilities')}</legend><div className="grid gap-x-6 sm:grid-cols-2">{abilities.map((ability) => <Tick key={ability} label={t(`ability.${ability}`)} checked={chosen.includes(ability)} onChange={(event) => setChosen(event.target.checked ? [...chosen, ability] : chosen.filter((one) => one !== ability))} />)}</div></fieldset>
        <Actions><Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit" disabled={add.isPending || chosen.length === 0}>{t('api-keys.go')}</Button></Actions>
      </form>
    </Dialog>
  );
}

/** Keys with which machines call the interface. */
export function ApiKeysSection() {
  const { t } = useTranslation();
  const list = useQuery({ queryKey: keys.settings('api-keys'), queryFn: () => call(accessEndpoints.apiKeys), staleTime: 0 });
  const [adding, setAdding] = useState(false);
  const end = useSaving((id: string) => call(accessEndpoints.endApiKey, { params: { id } }));
  return (
    <>
      <Button look="primary" className="mb-4" onClick={() => setAdding(true)}>{t('api-keys.new')}</Button>
      <Loaded query={list} rows={2}>
        {({ rows }) => (rows.length === 0 ? <Empty title={t('api-keys.empty')} text={t('api-keys.empty.text')} /> : (
          <Table label={t('settings.api-keys')} head={[t('api-keys.name'), t('api-keys.prefix'), t('api-keys.abilities'), t('api-keys.used'), '']}>
            {rows.map((one) => <tr key={one.id}><td className="font-medium"><bdi>{one.name}</bdi></td><td className="font-mono text-sm">{one.prefix}…</td><td className="text-sm text-muted">{one.abilities.map((ability) => t(`ability.${ability}`)).join(', ')}</td><td className="whitespace-nowrap">{one.lastUsedAt ? <Ago at={one.lastUsedAt} /> : t('never')}</td><td className="in-corner text-end"><Button small disabled={end.isPending} onClick={() => end.mutate(one.id)}>{t('api-keys.revoke')}</Button></td></tr>)}
          </Table>
        ))}
      </Loaded>
      {adding ? <NewKey onClose={() => setAdding(false)} /> : null}
    </>
  );
}
