import { useMutation } from '@tanstack/react-query';
import { useTranslation } from '../../lib/i18n';
import { customerEndpoints, type Customer } from '../../../protocol/customers';
import type { CallInput } from '../../../protocol/endpoint';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { toast } from '../../ui/toast';

export type CustomerChange = NonNullable<CallInput<typeof customerEndpoints.change>['body']>;

/** Puts a customer as the server answered into the cache. */
export function keepCustomer(customer: Customer): void {
  queryClient.setQueryData(keys.customer(customer.id), customer);
  void queryClient.invalidateQueries({ queryKey: ['customers'] });
}

/** Changes what is known of a customer. */
export function useCustomerChange(id: string) {
  const { t } = useTranslation();
  return useMutation({
    mutationFn: (body: CustomerChange) => call(customerEndpoints.change, { params: { id }, body }),
    onSuccess: keepCustomer,
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
}
