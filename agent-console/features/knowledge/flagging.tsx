import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SearchHit } from '../../../protocol/knowledge';
import { makingEndpoints } from '../../../protocol/making';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextArea } from '../../ui/field';
import { toast } from '../../ui/toast';

/** Says what is wrong with an article, with the ticket where it came up. */
export function Flagging({ hit, ticketId, close }: { hit: SearchHit; ticketId: string; close: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const flag = useMutation({
    mutationFn: () => call(makingEndpoints.flag, { params: { id: hit.articleId }, body: { text, ticketId } }),
    onSuccess: (article) => { queryClient.setQueryData(keys.article(hit.articleId), article); toast(t('suggest.flagged')); close(); },
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  return (
    <Dialog open onClose={close} title={t('suggest.flag.title')} description={hit.title}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); flag.mutate(); }}>
        <TextArea label={t('suggest.flag.title')} hideLabel required maxLength={1000} dir="auto" value={text} onChange={(event) => setText(event.target.value)} />
        <div><Button look="primary" type="submit" disabled={flag.isPending || text.trim() === ''}>{t('suggest.flag.send')}</Button></div>
      </form>
    </Dialog>
  );
}
