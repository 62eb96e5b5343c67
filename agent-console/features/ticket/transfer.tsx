import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import { ticketEndpoints, type Ticket } from '../../../protocol/tickets';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { useAgents, useMe, useQueues, useSkills } from '../../api/shared';
import { keepTicket } from '../../api/tickets';
import { Button } from '../../ui/button';
import { Actions, Dialog } from '../../ui/dialog';
import { Segments, Select, TextArea } from '../../ui/field';
import { toast } from '../../ui/toast';

type Way = 'cold' | 'transfer' | 'consult' | 'conference';
interface Wish { way: Way; kind: 'queue' | 'agent' | 'skill'; target: string; level: number; note: string }

function waysFor(ticket: Ticket, me: string): Way[] {
  const help: Way[] = ['consult', 'conference'];
  if (ticket.ownerId !== null && ticket.ownerId !== me && ticket.helpers.some((helper) => helper.agentId === me)) return help;
  return ticket.workItem?.state === 'assigned' ? ['cold', 'transfer', ...help] : ['cold', ...help];
}

function ask(ticket: Ticket, { way, kind, target, level, note }: Wish): Promise<Ticket> {
  const params = { id: ticket.id };
  const body = { ...{ queue: { queueId: target }, agent: { agentId: target }, skill: { skill: { id: target, level } } }[kind], ...(note.trim() ? { note: note.trim() } : {}) };
  return way === 'cold' ? call(ticketEndpoints.transfer, { params, body }) : call(ticketEndpoints.invite, { params, body: { kind: way, ...body } });
}

function Target({ kind, target, onChange, ticket }: { kind: Wish['kind']; target: string; onChange: (id: string) => void; ticket: Ticket }) {
  const { t } = useTranslation();
  const { account } = useMe();
  const queues = useQueues().data ?? [];
  const skills = useSkills().data ?? [];
  const agents = (useAgents().data ?? []).filter((agent) => agent.id !== account.id && agent.id !== ticket.ownerId);
  return (
    <Select label={t(`transfer.${kind}`)} data-testid="transfer-target" required value={target} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('choose')}</option>
      {kind === 'agent'
        ? agents.map((agent) => <option key={agent.id} value={agent.id}>{agent.name} · {t(`state.${agent.state}`)}</option>)
        : (kind === 'queue' ? queues : skills).map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
    </Select>
  );
}

/** Hands a ticket to a queue, a colleague or whoever has a skill, at once or when they accept, or asks them to help; with a word for whoever gets it. */
export function TransferDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation();
  const { account } = useMe();
  // Colleagues come and go; what was read before may be old.
  useEffect(() => void queryClient.invalidateQueries({ queryKey: keys.settings('agents') }), []);
  const ways = waysFor(ticket, account.id);
  const [wish, setWish] = useState<Wish>({ way: ways[0] ?? 'consult', kind: 'queue', target: '', level: 1, note: '' });
  const set = (change: Partial<Wish>) => setWish((old) => ({ ...old, ...change }));
  const transfer = useMutation({
    mutationFn: () => ask(ticket, wish),
    onSuccess: (changed) => {
      keepTicket(changed);
      toast(t(wish.way === 'cold' ? 'done.transferred' : 'done.asked'));
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={t('transfer.title')} description={t(`transfer.about.${wish.way}`)}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); transfer.mutate(); }}>
        <Segments label={t('transfer.way')} value={wish.way} onChange={(way) => set({ way })} options={ways.map((value) => ({ value, label: t(`transfer.way.${value}`) }))} />
        <Segments label={t('transfer.to')} value={wish.kind} onChange={(kind) => set({ kind, target: '' })} options={[{ value: 'queue', label: t('transfer.queue') }, { value: 'agent', label: t('transfer.agent') }, { value: 'skill', label: t('transfer.skill') }]} />
        <Target kind={wish.kind} target={wish.target} onChange={(target) => set({ target })} ticket={ticket} />
        {wish.kind === 'skill' ? <Select label={t('transfer.level')} value={String(wish.level)} onChange={(event) => set({ level: Number(event.target.value) })}>{[1, 2, 3, 4, 5].map((level) => <option key={level}>{level}</option>)}</Select> : null}
        <TextArea label={t('transfer.note')} rows={3} maxLength={2000} value={wish.note} onChange={(event) => set({ note: event.target.value })} />
        <p role="alert" className="text-md text-bad empty:hidden">{transfer.error ? problemText(t, transfer.error) : ''}</p>
        <Actions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" data-testid="transfer-go" disabled={!wish.target || transfer.isPending}>{t(wish.way === 'cold' ? 'transfer.go' : 'transfer.ask')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
}
