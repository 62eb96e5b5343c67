import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { customerEndpoints, type Customer } from '../../../protocol/customers';
import { call } from '../../api/call';
import { problemText } from '../../api/problem';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/field';
import { toast } from '../../ui/toast';
import { keepCustomer } from './change';

/** Says that another record is the same person; the toast takes it back. */
export function MergeDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation();
  const [words, setWords] = useState(customer.name);
  const found = useQuery({ queryKey: ['customers', 'merge', words], queryFn: () => call(customerEndpoints.list, { query: { q: words, limit: 8 } }), enabled: words.trim().length > 1 });
  const merge = useMutation({
    mutationFn: (otherId: string) => call(customerEndpoints.merge, { params: { id: customer.id }, body: { otherId } }),
    onSuccess: (kept, otherId) => {
      keepCustomer(kept);
      onClose();
      toast(t('merge.done'), { undo: () => void call(customerEndpoints.unmerge, { params: { id: otherId } }).then(keepCustomer) });
    },
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  const rows = found.data?.rows.filter((row) => row.id !== customer.id) ?? [];
  return (
    <Dialog open onClose={onClose} title={t('merge.title')} description={t('merge.about')}>
      <TextField label={t('customers.search')} autoFocus value={words} onChange={(event) => setWords(event.target.value)} />
      <ul className="mt-3">
        {rows.map((row) => (
          <li key={row.id} className="flex min-h-10 items-center gap-3 border-b border-line text-md">
            <span className="min-w-0 flex-1 truncate"><bdi>{row.name || row.address}</bdi> <span className="text-muted"><bdi>{row.address}</bdi></span></span>
            <Button small disabled={merge.isPending} onClick={() => merge.mutate(row.id)}>{t('merge.go')}</Button>
          </li>
        ))}
      </ul>
      {found.data && rows.length === 0 ? <p className="py-4 text-md text-muted">{t('list.none-found')}</p> : null}
    </Dialog>
  );
}
