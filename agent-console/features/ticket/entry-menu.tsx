import { Ellipsis, FileText, Forward, Reply, ReplyAll, Scissors } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Message } from '../../../protocol/messages';
import type { Ticket } from '../../../protocol/tickets';
import { allows, useChannel } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { beginning } from '../../lib/drafts';
import { useInsert } from '../../lib/insert';
import { IconButton } from '../../ui/button';
import { Menu, MenuItem } from '../../ui/menu';

const OriginalDialog = lazy(() => import('./original-dialog').then((file) => ({ default: file.OriginalDialog })));
const SplitDialog = lazy(() => import('./split-dialog').then((file) => ({ default: file.SplitDialog })));
const ways = [['reply', Reply], ['reply-all', ReplyAll], ['forward', Forward]] as const;

/** What can be done with one message: answer or forward just it, see it as it came, make a ticket of its own of it. */
export function EntryMenu({ message, ticket }: { message: Message; ticket: Ticket }) {
  const { t } = useTranslation();
  const insert = useInsert((state) => state.insert);
  const [used, setUsed] = useState(false);
  const [shown, setShown] = useState<'original' | 'split' | null>(null);
  const mail = useChannel(message.channel)?.composer.subject === true && message.kind !== 'note' && allows(ticket.can, 'ticket.reply');
  const split = allows(ticket.can, 'ticket.edit') && message.kind === 'customer';
  if (!mail && !split && !message.original) return null;
  const close = () => setShown(null);
  const button = { small: true, label: t('message.more'), className: '-my-1' } as const;
  // A ticket may have hundreds of messages: a menu is made for those that are asked.
  if (!used) return <IconButton {...button} aria-haspopup="menu" onClick={() => setUsed(true)}><Ellipsis size={14} /></IconButton>;
  return (
    <>
      <Menu defaultOpen align="end" label={t('message.more')} trigger={<IconButton {...button}><Ellipsis size={14} /></IconButton>}>
        {mail ? ways.map(([mode, Icon]) => <MenuItem key={mode} icon={<Icon size={14} />} onSelect={() => insert('', beginning(mode, message.id))}>{t(`composer.mode.${mode}`)}</MenuItem>) : null}
        {message.original ? <MenuItem icon={<FileText size={14} />} onSelect={() => setShown('original')}>{t('message.original')}</MenuItem> : null}
        {split ? <MenuItem icon={<Scissors size={14} />} onSelect={() => setShown('split')}>{t('split.title')}</MenuItem> : null}
      </Menu>
      <Suspense fallback={null}>
        {shown === 'original' ? <OriginalDialog message={message} onClose={close} /> : null}
        {shown === 'split' ? <SplitDialog ticket={ticket} from={message} onClose={close} /> : null}
      </Suspense>
    </>
  );
}
