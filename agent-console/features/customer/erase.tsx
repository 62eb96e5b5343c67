import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { customerEndpoints, type Customer } from '../../../protocol/customers';
import { call } from '../../api/call';
import { problemText } from '../../api/problem';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/field';
import { toast } from '../../ui/toast';
import { keepCustomer } from './change';

const points = ['tickets', 'addresses', 'stays', 'for-good'] as const;

/** Says what goes and what stays, and has the name typed before a person is erased for good. */
export function EraseDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const called = customer.name || customer.address;
  const erase = useMutation({
    mutationFn: () => call(customerEndpoints.erase, { params: { id: customer.id }, body: { name } }),
    onSuccess: (erased) => {
      keepCustomer(erased);
      onClose();
      toast(t('erase.begun'));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    erase.mutate();
  };
  return (
    <Dialog open onClose={onClose} title={t('erase.title')} description={t('erase.about')}>
      <form onSubmit={submit} className="grid gap-4" data-testid="erase-form">
        <ul className="grid list-disc gap-1 ps-5 text-md text-soft">{points.map((point) => <li key={point}>{t(`erase.${point}`)}</li>)}</ul>
        {called ? <TextField label={t('erase.type', { name: called })} dir="auto" autoComplete="off" required value={name} onChange={(event) => setName(event.target.value)} error={erase.error ? problemText(t, erase.error) : undefined} /> : null}
        <Actions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="danger" type="submit" disabled={erase.isPending || name.trim() !== called.trim()}>{t('erase.go')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
}

/** That a person was erased, or how far it is. */
export function ErasedNote({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  if (!customer.erasure) return null;
  const { done, total, finishedAt } = customer.erasure;
  return <p role="status" className="mb-4 text-md text-soft" data-testid="erased">{finishedAt === null ? t('erase.going', { done, total }) : t('erase.done')}</p>;
}
