import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'wouter';
import { customerEndpoints } from '../../../protocol/customers';
import { call, fileAddress } from '../../api/call';
import { keys } from '../../api/keys';
import { useMay } from '../../api/shared';
import { cx } from '../../lib/cx';
import { useTranslation } from '../../lib/i18n';
import { useCommand } from '../../lib/shortcuts';
import { Button, IconButton } from '../../ui/button';
import { Avatar } from '../../ui/marks';
import { BackToList, ListAndDetail } from '../../ui/list-and-detail';
import { Empty, Failed, Loaded, Skeleton, troubleOf } from '../../ui/states';
import { useRef } from 'react';
import { CustomerCard } from './customer-card';
import { useCustomer } from './customer-panel';

function useFind(words: string) {
  const [q, setQ] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQ(words.trim()), 200);
    return () => clearTimeout(timer);
  }, [words]);
  return useInfiniteQuery({
    queryKey: keys.customers(q), initialPageParam: '',
    queryFn: ({ pageParam }) => call(customerEndpoints.list, { query: { limit: 100, ...(q ? { q } : {}), ...(pageParam ? { after: pageParam } : {}) } }),
    getNextPageParam: (last) => last.next,
  });
}

function CustomerList({ chosen }: { chosen: string | undefined }) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const may = useMay();
  const query = useFind(words);
  useCommand('go.search', () => field.current?.focus());
  const rows = query.data?.pages.flatMap((page) => page.rows);
  return (
    <section aria-label={t('nav.customers')} data-pane tabIndex={-1} className={cx('min-h-0 w-full shrink-0 flex-col border-e border-line bg-surface sm:flex sm:w-80', chosen ? 'hidden' : 'flex')}>
      <header className="flex items-center gap-1 border-b border-line p-2">
        <input ref={field} type="search" aria-label={t('customers.search')} placeholder={t('customers.search')} value={words} onChange={(event) => setWords(event.target.value)} className="h-8 min-w-0 flex-1 rounded-md bg-sunken px-3 text-md" />
        {may('customer.export') ? <IconButton label={t('list.csv')} onClick={() => location.assign(fileAddress(customerEndpoints.exportCsv, words ? { q: words } : {}))}><Download size={16} /></IconButton> : null}
      </header>
      {!rows ? (troubleOf(query) ? <Failed error={troubleOf(query)} retry={() => void query.refetch()} /> : <Skeleton rows={8} />) : rows.length === 0 ? <Empty title={t(words ? 'list.none-found' : 'customers.empty')} text={t(words ? 'customers.none-found.text' : 'customers.empty.text')} /> : (
        <ul className="min-h-0 flex-1 overflow-y-auto">
          {rows.map((row) => (
            <li key={row.id} className="[contain-intrinsic-size:auto_56px] [content-visibility:auto]">
              <Link href={`/customers/${row.id}`} aria-current={row.id === chosen ? 'true' : undefined} className={cx('flex h-(--row) items-center gap-3 border-b border-line px-3', row.id === chosen ? 'bg-accent-soft' : 'hover:bg-sunken')}>
                <Avatar name={row.name || row.address} />
                <span className="min-w-0 flex-1"><span dir="auto" className="block truncate text-md font-medium">{row.name || row.address || t('customer.unknown')}</span><span dir="auto" className="block truncate text-sm text-muted [[data-density=compact]_&]:hidden">{row.organisation || (row.address === '' ? t('customer.visitor') : row.address === (row.name || row.address) ? '' : row.address)}</span></span>
              </Link>
            </li>
          ))}
          {query.hasNextPage ? <li className="p-3 text-center"><Button small onClick={() => void query.fetchNextPage()}>{t('list.load-more')}</Button></li> : null}
        </ul>
      )}
    </section>
  );
}

function Chosen({ id }: { id: string }) {
  const customer = useCustomer(id);
  return <Loaded query={customer}>{(found) => <CustomerCard key={found.id} customer={found} />}</Loaded>;
}

/** Find a customer by name or address, and everything about them. */
export function CustomersPage() {
  const { t } = useTranslation();
  const { id } = useParams<{ id?: string }>();
  return (
    <ListAndDetail title={t('nav.customers')} chosen={id !== undefined} list={<CustomerList chosen={id} />} detail={
      <>
        {id ? <BackToList label={t('nav.customers')} href="/customers" /> : null}
        {id ? <Chosen id={id} /> : <Empty title={t('customers.none-open')} text={t('customers.none-open.text')} className="h-full justify-center" />}
      </>
    } />
  );
}
