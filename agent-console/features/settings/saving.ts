import { useMutation } from '@tanstack/react-query';
import { queryClient } from '../../api/client';
import { problemText } from '../../api/problem';
import { useTranslation } from '../../lib/i18n';
import { toast } from '../../ui/toast';

/** Saves something of the settings, says so, and reads what belongs to it again. */
export function useSaving<I, R>(save: (input: I) => Promise<R>, { done, quiet = false }: { done?: (result: R, input: I) => void; quiet?: boolean } = {}) {
  const { t } = useTranslation();
  return useMutation({
    mutationFn: save,
    onSuccess: (result, input) => {
      void queryClient.invalidateQueries({ queryKey: ['settings'] });
      if (!quiet) toast(t('done.saved'));
      done?.(result, input);
    },
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
}
