import { useMutation } from '@tanstack/react-query';
import { queryClient } from '../../api/client';
import { problemText } from '../../api/problem';
import { useTranslation } from '../../lib/i18n';
import { toast } from '../../ui/toast';

/** Saves something of the settings, says so (`said` in other words than "Saved"), and reads what belongs to it again. */
export function useSaving<I, R>(save: (input: I) => Promise<R>, { done, quiet = false, said = 'done.saved' }: { done?: (result: R, input: I) => void; quiet?: boolean; said?: string } = {}) {
  const { t } = useTranslation();
  return useMutation({
    mutationFn: save,
    onSuccess: (result, input) => {
      void queryClient.invalidateQueries({ queryKey: ['settings'] });
      if (!quiet) toast(t(said));
      done?.(result, input);
    },
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
}
