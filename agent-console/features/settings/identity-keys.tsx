import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { channelEndpoints, type IdentityKeyRow } from '../../../protocol/channels';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { ProblemError } from '../../api/problem';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { Segments, TextArea, TextField } from '../../ui/field';
import { Table } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { Ago } from '../../ui/time';
import { useSaving } from './saving';
import { Secret } from './secret';

type Algorithm = IdentityKeyRow['algorithm'];
const algorithms: Algorithm[] = ['HS256', 'EdDSA'];
const most = 2;

function NewKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [id, setId] = useState('');
  const [algorithm, setAlgorithm] = useState<Algorithm>('HS256');
  const [publicKey, setPublicKey] = useState('');
  const add = useSaving(() => call(channelEndpoints.addIdentityKey, { body: { id, algorithm, ...(algorithm === 'EdDSA' ? { publicKey } : {}) } }), { done: ({ secret }) => (secret === null ? onClose() : undefined) });
  const fields = add.error instanceof ProblemError ? add.error.fields : {};
  if (add.data?.secret) {
    return <Dialog open onClose={onClose} title={t('identity.made')} description={t('identity.made.about')}><Secret value={add.data.secret} label={t('identity.secret')} /><Actions><Button look="primary" onClick={onClose}>{t('done')}</Button></Actions></Dialog>;
  }
  return (
    <Dialog open onClose={onClose} title={t('identity.new')}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); add.mutate(undefined); }}>
        <TextField label={t('identity.id')} hint={t('identity.id.hint')} required pattern="[\w.\-]{1,60}" value={id} error={fields.id} onChange={(event) => setId(event.target.value)} />
        <Segments label={t('identity.algorithm')} value={algorithm} onChange={setAlgorithm} options={algorithms.map((value) => ({ value, label: value }))} />
        {algorithm === 'EdDSA' ? <TextArea label={t('identity.public')} hint={t('identity.public.hint')} required rows={4} className="font-mono text-sm" value={publicKey} error={fields.publicKey} onChange={(event) => setPublicKey(event.target.value)} /> : null}
        <Actions><Button onClick={onClose}>{t('cancel')}</Button><Button look="primary" type="submit" disabled={add.isPending}>{t('add')}</Button></Actions>
      </form>
    </Dialog>
  );
}

/** Keys with which the company's own sites say who a visitor is; two at once, so that one can replace the other. */
export function IdentityKeys() {
  const { t } = useTranslation();
  const list = useQuery({ queryKey: keys.settings('identity-keys'), queryFn: () => call(channelEndpoints.identityKeys), staleTime: 0 });
  const [adding, setAdding] = useState(false);
  const end = useSaving((key: string) => call(channelEndpoints.removeIdentityKey, { params: { key } }));
  return (
    <Loaded query={list} rows={2}>
      {({ rows }) => (
        <>
          {rows.length === 0 ? <Empty title={t('identity.empty')} text={t('identity.empty.text')} /> : (
            <Table label={t('identity.title')} head={[t('identity.id'), t('identity.algorithm'), t('identity.since'), '']}>
              {rows.map((one) => <tr key={one.id}><td className="font-mono text-sm">{one.id}</td><td>{one.algorithm}</td><td>{one.addedAt ? <Ago at={one.addedAt} /> : null}</td><td className="in-corner text-end"><Button small disabled={end.isPending} onClick={() => end.mutate(one.id)}>{t('identity.end')}</Button></td></tr>)}
            </Table>
          )}
          {rows.length < most ? <Button className="mt-4" onClick={() => setAdding(true)}>{t('identity.new')}</Button> : null}
          {adding ? <NewKey onClose={() => setAdding(false)} /> : null}
        </>
      )}
    </Loaded>
  );
}
