import { useMutation } from '@tanstack/react-query';
import { Circle, Square, Users } from 'lucide-react';
import { useState } from 'react';
import { listEndpoints, type Macro, type TicketAction } from '../../../protocol/lists';
import type { Ticket } from '../../../protocol/tickets';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { ProblemError, problemText } from '../../api/problem';
import { useMacros, useMay, useMe } from '../../api/shared';
import { act } from '../../api/tickets';
import { fill } from '../../lib/fill';
import { useTranslation } from '../../lib/i18n';
import { useInsert } from '../../lib/insert';
import { useRecorder } from '../../lib/recorder';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField, Tick } from '../../ui/field';
import { useStepWords } from '../../ui/step-words';
import { Empty, Loaded } from '../../ui/states';
import { toast } from '../../ui/toast';

function useRun(ticket: Ticket, done: () => void) {
  const { t } = useTranslation();
  const { account } = useMe();
  const insert = useInsert((state) => state.insert);
  return useMutation({
    mutationFn: (macro: Macro) => act([ticket.id], macro.actions),
    onSuccess: ({ refused }, macro) => {
      if (refused[0]) return toast(problemText(t, new ProblemError({ code: refused[0].code as ProblemError['code'] })), { bad: true });
      void queryClient.invalidateQueries({ queryKey: keys.ticket(ticket.id) });
      const known = { 'customer.name': ticket.customer.name, 'customer.address': ticket.customer.address, 'agent.name': account.name, 'ticket.number': String(ticket.number), 'ticket.subject': ticket.subject };
      macro.actions.forEach((step) => step.kind === 'write' && insert(fill(step.text, known)));
      toast(t('macros.done', { name: macro.name }));
      done();
    },
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
}

/** The macros with what each will do; by keyboard as a list of buttons. */
export function MacroDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation();
  const macros = useMacros();
  const words = useStepWords();
  const run = useRun(ticket, onClose);
  const [q, setQ] = useState('');
  return (
    <Dialog open onClose={onClose} title={t('macros.title')} description={t('macros.about')}>
      <input autoFocus type="search" aria-label={t('macros.search')} placeholder={t('macros.search')} value={q} onChange={(event) => setQ(event.target.value)} className="mb-2 h-8 w-full rounded-md bg-sunken px-3 text-md" />
      <Loaded query={macros} rows={3}>
        {(rows) => (rows.length === 0 ? <Empty title={t('macros.empty')} text={t('macros.empty.text')} /> : (
          <ul className="-mx-2">
            {rows.filter(({ name }) => name.toLowerCase().includes(q.trim().toLowerCase())).map((macro) => (
              <li key={macro.id}>
                <button type="button" data-testid="macro" disabled={run.isPending} onClick={() => run.mutate(macro)} className="block w-full rounded-md px-2 py-1.5 text-start hover:bg-hover">
                  <span className="flex items-center gap-2 text-md font-medium"><bdi className="truncate">{macro.name}</bdi>{macro.shared ? <Users size={12} aria-label={t('view.shared')} className="text-faint" /> : null}</span>
                  <span className="block truncate text-sm text-muted">{macro.actions.map(words).join(' · ')}</span>
                </button>
              </li>
            ))}
          </ul>
        ))}
      </Loaded>
      <Button className="mt-4" onClick={() => { useRecorder.setState({ steps: [] }); onClose(); }}><Circle size={12} aria-hidden className="fill-bad text-bad" />{t('macros.record')}</Button>
    </Dialog>
  );
}

/** What has been recorded so far, and under which name to keep it. */
export function RecordingBar() {
  const { t } = useTranslation();
  const may = useMay();
  const words = useStepWords();
  const { steps } = useRecorder();
  const [naming, setNaming] = useState(false);
  if (!steps) return null;
  const stop = () => useRecorder.setState({ steps: null });
  return (
    <div role="status" data-testid="recording" className="flex flex-wrap items-center gap-2 border-b border-line bg-bad-soft px-4 py-1.5 text-sm">
      <Square size={12} aria-hidden className="fill-bad text-bad" />
      <span className="min-w-0 flex-1 truncate">{steps.length === 0 ? t('macros.recording') : steps.map(words).join(' · ')}</span>
      <Button small look="quiet" onClick={stop}>{t('cancel')}</Button>
      <Button small disabled={steps.length === 0} onClick={() => setNaming(true)}>{t('macros.keep')}</Button>
      {naming ? <NameDialog steps={steps} mayShare={may('queue.manage')} onClose={() => setNaming(false)} onKept={stop} /> : null}
    </div>
  );
}

function NameDialog({ steps, mayShare, onClose, onKept }: { steps: TicketAction[]; mayShare: boolean; onClose: () => void; onKept: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const keep = useMutation({
    mutationFn: () => call(listEndpoints.addMacro, { body: { name, shared, actions: steps } }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.settings('macros') });
      toast(t('done.saved'));
      onKept();
    },
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  return (
    <Dialog open onClose={onClose} title={t('macros.keep')}>
      <form className="grid gap-3" onSubmit={(event) => { event.preventDefault(); keep.mutate(); }}>
        <TextField label={t('filter.name')} autoFocus required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        {mayShare ? <Tick label={t('filter.share')} checked={shared} onChange={(event) => setShared(event.target.checked)} /> : null}
        <Button look="primary" type="submit" className="justify-self-end" disabled={keep.isPending || !name.trim()}>{t('save')}</Button>
      </form>
    </Dialog>
  );
}
