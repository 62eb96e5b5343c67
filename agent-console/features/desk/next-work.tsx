import { useMutation } from '@tanstack/react-query';
import { CornerDownRight } from 'lucide-react';
import { workforceEndpoints, type Desk } from '../../../protocol/workforce';
import { call } from '../../api/call';
import { problemText } from '../../api/problem';
import { setDesk } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { toast } from '../../ui/toast';

/** For queues that offer nothing: the next request, whichever it is. */
export function NextWork({ desk }: { desk: Desk }) {
  const { t } = useTranslation();
  const next = useMutation({
    mutationFn: (queueId: string) => call(workforceEndpoints.next, { body: { queueId } }),
    onSuccess: setDesk,
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  if (desk.pullQueues.length === 0) return null;
  return (
    <div className="mt-1 grid gap-1">
      {desk.pullQueues.map(({ id, name }) => (
        <Button key={id} small data-testid="next-work" disabled={next.isPending || desk.state !== 'available'} onClick={() => next.mutate(id)} className="justify-start!"><CornerDownRight size={14} aria-hidden className="rtl:-scale-x-100" /><span className="truncate">{t('next.from', { name })}</span></Button>
      ))}
    </div>
  );
}

/** What is unusual about the work in hand: silent chats, work put aside, more than allowed. */
export function WorkNotes({ desk }: { desk: Desk }) {
  const { t } = useTranslation();
  const asleep = desk.assigned.filter((item) => item.asleep).length;
  const aside = desk.assigned.filter((item) => item.aside).length;
  const notes = [asleep > 0 ? t('work.asleep', { count: asleep }) : '', aside > 0 ? t('work.aside', { count: aside }) : '', desk.over ? t('work.over') : ''].filter(Boolean);
  return notes.length === 0 ? null : <p role="status" data-testid="work-notes" className="mt-1 px-2 text-xs text-muted">{notes.join(' · ')}</p>;
}
