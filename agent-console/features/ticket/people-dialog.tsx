import { useMutation, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { bondEndpoints } from '../../../protocol/ticket-bonds';
import type { Ticket } from '../../../protocol/tickets';
import { call } from '../../api/call';
import { queryClient } from '../../api/client';
import { problemText } from '../../api/problem';
import { allows } from '../../api/shared';
import { keepTicket } from '../../api/tickets';
import { addressesIn } from '../../lib/drafts';
import { uuid } from '../../lib/ids';
import { useTranslation } from '../../lib/i18n';
import { subjectText } from '../../lib/subject';
import { Button, IconButton } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/field';
import { Loaded } from '../../ui/states';
import { toast } from '../../ui/toast';

function Participants({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const put = useMutation({ mutationFn: (participants: Ticket['participants']) => call(bondEndpoints.participants, { params: { id: ticket.id }, body: { participants } }), onSuccess: keepTicket, onError: (error) => toast(problemText(t, error), { bad: true }) });
  const may = allows(ticket.can, 'ticket.edit');
  const add = () => {
    put.mutate([...ticket.participants, ...addressesIn(text).map((address) => ({ address, name: '' }))]);
    setText('');
  };
  return (
    <section className="grid gap-2">
      <h3 className="text-sm font-semibold">{t('people.participants')}</h3>
      <ul>{ticket.participants.map((one) => (
        <li key={one.address} className="flex min-h-8 items-center gap-2 text-md"><span className="min-w-0 flex-1 truncate">{[one.name, one.address].filter(Boolean).join(' · ')}</span>
          {may ? <IconButton small label={t('files.remove', { name: one.address })} onClick={() => put.mutate(ticket.participants.filter(({ address }) => address !== one.address))}><X size={14} /></IconButton> : null}</li>
      ))}</ul>
      {may ? <form className="flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); add(); }}><div className="flex-1"><TextField label={t('people.add')} type="text" inputMode="email" value={text} onChange={(event) => setText(event.target.value)} /></div><Button type="submit" disabled={addressesIn(text).length === 0 || put.isPending}>{t('add')}</Button></form> : null}
    </section>
  );
}

function Bonds({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation();
  const key = ['bonds', ticket.id];
  const bonds = useQuery({ queryKey: key, queryFn: () => call(bondEndpoints.bonds, { params: { id: ticket.id } }), staleTime: 0 });
  const failed = (error: unknown) => toast(problemText(t, error), { bad: true });
  const follow = useMutation({ mutationFn: (on: boolean) => call(bondEndpoints.follow, { params: { id: ticket.id }, body: { on } }), onSuccess: (fresh) => queryClient.setQueryData(key, fresh), onError: failed });
  const unlink = useMutation({ mutationFn: (otherId: string) => call(bondEndpoints.unlink, { params: { id: ticket.id, otherId } }), onSuccess: (fresh) => queryClient.setQueryData(key, fresh), onError: failed });
  return (
    <Loaded query={bonds} rows={2}>{(data) => (
      <>
        <section className="grid gap-2">
          <h3 className="text-sm font-semibold">{t('people.followers')}</h3>
          <p className="text-md text-muted">{data.followers.map(({ name }) => name).join(', ') || t('people.nobody')}</p>
          <Button className="justify-self-start" data-testid="follow" aria-pressed={data.following} disabled={follow.isPending} onClick={() => follow.mutate(!data.following)}>{t(data.following ? 'people.unfollow' : 'people.follow')}</Button>
        </section>
        {data.links.length > 0 || data.merged.length > 0 ? (
          <section className="grid gap-1">
            <h3 className="text-sm font-semibold">{t('people.tickets')}</h3>
            <ul>{data.links.map((one) => (
              <li key={one.id} className="flex min-h-8 items-center gap-2 text-md"><span className="text-sm text-muted">{t(`bonds.link.kind.${one.kind}`)}</span><Link href={`/inbox/all/${one.id}`} onClick={onClose} className="min-w-0 flex-1 truncate text-accent underline underline-offset-2">#{one.number} {subjectText(t, one.subject)}</Link>
                {allows(ticket.can, 'ticket.edit') ? <IconButton small label={t('bonds.link.remove', { number: one.number })} onClick={() => unlink.mutate(one.id)}><X size={14} /></IconButton> : null}</li>
            ))}{data.merged.map((one) => <li key={one.id} className="flex min-h-8 items-center gap-2 text-md"><span className="text-sm text-muted">{t('bonds.merge.folded')}</span><Link href={`/inbox/all/${one.id}`} onClick={onClose} className="text-accent underline underline-offset-2">#{one.number}</Link></li>)}</ul>
          </section>
        ) : null}
      </>
    )}</Loaded>
  );
}

function Transcript({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const [to, setTo] = useState('');
  const send = useMutation({
    mutationFn: () => call(bondEndpoints.sendTranscript, { params: { id: ticket.id }, body: { to: addressesIn(to)[0] ?? '', clientId: uuid() } }),
    onSuccess: () => { setTo(''); toast(t('transcript.sent')); }, onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  const save = () => void call(bondEndpoints.transcript, { params: { id: ticket.id } }).then((text) => {
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([text], { type: 'text/plain' })), download: `ticket-${ticket.number}.txt` });
    link.click();
    URL.revokeObjectURL(link.href);
  }, (error: unknown) => toast(problemText(t, error), { bad: true }));
  return (
    <section className="grid gap-2">
      <h3 className="text-sm font-semibold">{t('transcript.title')}</h3>
      <Button className="justify-self-start" onClick={save}>{t('transcript.save')}</Button>
      {allows(ticket.can, 'ticket.reply') ? <form className="flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); send.mutate(); }}><div className="flex-1"><TextField label={t('transcript.to')} type="text" inputMode="email" value={to} onChange={(event) => setTo(event.target.value)} /></div><Button type="submit" disabled={addressesIn(to).length === 0 || send.isPending}>{t('transcript.send')}</Button></form> : null}
    </section>
  );
}

/** Who takes part, who follows, which tickets belong to this one, and the exchange as a text. */
export function PeopleDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog open onClose={onClose} title={t('people.title')}>
      <div className="grid gap-6"><Participants ticket={ticket} /><Bonds ticket={ticket} onClose={onClose} /><Transcript ticket={ticket} /></div>
    </Dialog>
  );
}
