import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { customerEndpoints, type Customer } from '../../../protocol/customers';
import { call } from '../../api/call';
import { problemText } from '../../api/problem';
import { allows } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Select, TextField, Tick } from '../../ui/field';
import { Avatar, Chip } from '../../ui/marks';
import { Section } from '../../ui/page';
import { Ago } from '../../ui/time';
import { toast } from '../../ui/toast';
import { keepCustomer, useCustomerChange } from './change';
import { ContactPoints, CustomerNote } from './customer-panel';
import { ErasedNote, EraseDialog } from './erase';
import { CustomerFields } from './fields';
import { MergeDialog } from './merge';
import { CustomerTimeline } from './timeline';

function AddAddress({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<'email' | 'phone' | 'external'>('email');
  const [value, setValue] = useState('');
  const add = useMutation({
    mutationFn: () => call(customerEndpoints.addContactPoint, { params: { id: customer.id }, body: { kind, value } }),
    onSuccess: (changed) => {
      keepCustomer(changed);
      setValue('');
    },
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  return (
    <form className="mt-2 flex flex-wrap items-end gap-2" onSubmit={(event) => { event.preventDefault(); add.mutate(); }}>
      <Select label={t('customer.address-kind')} hideLabel value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>{(['email', 'phone', 'external'] as const).map((one) => <option key={one} value={one}>{t(`customer.kind.${one}`)}</option>)}</Select>
      <div className="w-56"><TextField label={t('customer.address')} hideLabel placeholder={t('customer.address')} required value={value} onChange={(event) => setValue(event.target.value)} /></div>
      <Button type="submit" disabled={add.isPending}>{t('customer.add-address')}</Button>
    </form>
  );
}

function Basics({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const change = useCustomerChange(customer.id);
  const [name, setName] = useState(customer.name);
  const [organisation, setOrganisation] = useState(customer.organisation);
  const may = allows(customer.can, 'customer.edit');
  return (
    <div className="grid max-w-[560px] gap-4 sm:grid-cols-2">
      <TextField label={t('customer.name')} dir="auto" disabled={!may} value={name} onChange={(event) => setName(event.target.value)} onBlur={() => name !== customer.name && change.mutate({ name })} />
      <TextField label={t('customer.organisation')} dir="auto" disabled={!may} value={organisation} onChange={(event) => setOrganisation(event.target.value)} onBlur={() => organisation !== customer.organisation && change.mutate({ organisation })} />
      <Tick label={t('customer.blocked')} hint={t('customer.blocked.hint')} disabled={!may} checked={customer.blocked} onChange={(event) => change.mutate({ blocked: event.target.checked })} />
    </div>
  );
}

// Nothing of it is left of somebody who was erased, and nothing is to be written there again.
function Known({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  return (
    <>
      <Section title={t('customer.about')}><Basics customer={customer} /></Section>
      <Section title={t('customer.addresses')}><ContactPoints customer={customer} />{allows(customer.can, 'customer.edit') ? <AddAddress customer={customer} /> : null}</Section>
      <Section title={t('customer.note')}><CustomerNote customer={customer} /></Section>
      <div className="-mx-4"><CustomerFields customer={customer} /></div>
    </>
  );
}

/** Everything about one customer. */
export function CustomerCard({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const [merging, setMerging] = useState(false);
  const [erasing, setErasing] = useState(false);
  return (
    <div className="mx-auto max-w-[860px] px-4 py-6 sm:px-12">
      <header className="mb-6 flex items-center gap-4">
        <Avatar name={customer.name} size={44} />
        <div className="min-w-0 flex-1">
          <h1 className="truncate text-xl font-semibold"><bdi>{customer.name || customer.address || t('customer.unknown')}</bdi></h1>
          <p className="text-md text-muted">{t('customer.tickets', { count: customer.tickets })} · {t('customer.since')} <Ago at={customer.createdAt} /></p>
        </div>
        {customer.blocked ? <Chip tone="bad">{t('customer.is-blocked')}</Chip> : null}
        {allows(customer.can, 'customer.merge') && !customer.erasure ? <Button onClick={() => setMerging(true)}>{t('merge.title')}</Button> : null}
        {allows(customer.can, 'customer.erase') && !customer.erasure ? <Button onClick={() => setErasing(true)}>{t('erase.title')}</Button> : null}
      </header>
      <ErasedNote customer={customer} />
      {customer.erasure ? null : <Known customer={customer} />}
      <Section title={t('customer.history')}><CustomerTimeline id={customer.id} /></Section>
      {erasing ? <EraseDialog customer={customer} onClose={() => setErasing(false)} /> : null}
      {merging ? <MergeDialog customer={customer} onClose={() => setMerging(false)} /> : null}
    </div>
  );
}
