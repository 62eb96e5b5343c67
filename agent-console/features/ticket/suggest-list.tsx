import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Ticket } from '../../../protocol/tickets';
import { writingEndpoints } from '../../../protocol/writing';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { problemText } from '../../api/problem';
import { useAgents, useMe } from '../../api/shared';
import { cx } from '../../lib/cx';
import { useTranslation } from '../../lib/i18n';
import { toast } from '../../ui/toast';
import { isMeant, type Asked, type SuggestKeys } from './suggest';

interface Choice { id: string; head: string; tail: string; take: () => void }
interface ListProps { asked: Asked; ticket: Ticket; listKeys: SuggestKeys; onActive: (id: string | undefined) => void; onText: (text: string, html: string | null) => void; onMention: (who: { id: string; name: string }) => void; onClose: () => void }
const most = 8;

function useChoices({ asked, ticket, onText, onMention }: ListProps): Choice[] | undefined {
  const { t } = useTranslation();
  const { account } = useMe();
  const canned = useQuery({ queryKey: keys.settings(`canned-${ticket.queueId}`), queryFn: () => call(writingEndpoints.canned, { query: { queueId: ticket.queueId } }), enabled: asked.trigger === '/' }).data?.rows;
  const agents = useAgents().data;
  const fill = (cannedId: string) => void call(writingEndpoints.fillCanned, { params: { id: ticket.id, cannedId } }).then(({ text, html, unknown }) => {
    onText(text, html);
    if (unknown.length > 0) toast(t('canned.unknown', { names: unknown.join(', ') }), { bad: true });
  }, (error: unknown) => toast(problemText(t, error), { bad: true }));
  if (asked.trigger === '/') return canned?.filter((one) => isMeant(asked.word, one.shortcut, one.name)).slice(0, most).map((one) => ({ id: one.id, head: `/${one.shortcut}`, tail: one.name, take: () => fill(one.id) }));
  return agents?.filter((one) => one.id !== account.id && isMeant(asked.word, one.name)).slice(0, most).map((one) => ({ id: one.id, head: one.name, tail: t(`state.${one.state}`), take: () => onMention({ id: one.id, name: one.name }) }));
}

/** What can be put in where one writes; arrows choose, Enter or Tab takes, Escape closes. */
export function SuggestList(props: ListProps) {
  const { t } = useTranslation();
  const { asked, listKeys, onActive, onClose } = props;
  const choices = useChoices(props);
  const [at, setAt] = useState(0);
  const count = choices?.length ?? 0;
  const active = Math.min(at, Math.max(0, count - 1));
  const activeId = choices?.[active] ? `suggest-${choices[active].id}` : undefined;
  useEffect(() => setAt(0), [asked.word, asked.trigger]);
  useEffect(() => {
    onActive(activeId);
    return () => onActive(undefined);
  }, [activeId, onActive]);
  useEffect(() => {
    listKeys.current = (key) => {
      if (key === 'Escape') onClose();
      else if (count === 0) return false;
      else if (key === 'ArrowDown') setAt((active + 1) % count);
      else if (key === 'ArrowUp') setAt((active + count - 1) % count);
      else if (key === 'Enter' || key === 'Tab') choices?.[active]?.take();
      else return false;
      return true;
    };
    return () => { listKeys.current = null; };
  });
  if (!choices) return null;
  const label = t(asked.trigger === '/' ? 'canned.list' : 'mention.list');
  return (
    <div className="absolute inset-x-3 bottom-full z-20 mb-1 max-w-[420px] rounded-lg bg-surface p-1 shadow-float animate-rise">
      <p role="status" className={count === 0 ? 'px-2 py-1 text-sm text-muted' : 'sr-only'}>{count === 0 ? t(asked.trigger === '/' ? 'canned.none' : 'mention.none') : t('suggest.count', { count })}</p>
      {count > 0 ? (
        <ul role="listbox" aria-label={label} id="suggest-list" data-popup data-testid="suggest-list">
          {choices.map((choice, index) => (
            <li key={choice.id} id={`suggest-${choice.id}`} role="option" aria-selected={index === active} onMouseDown={(event) => { event.preventDefault(); choice.take(); }}
              className={cx('flex min-h-8 items-center gap-2 rounded-md px-2 text-md', index === active && 'bg-hover')}>
              <span dir="auto" className="shrink-0 font-medium">{choice.head}</span><span dir="auto" className="min-w-0 truncate text-muted">{choice.tail}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
