import { ChevronRight } from 'lucide-react';
import { useTranslation } from '../../lib/i18n';
import type { Message } from '../../../protocol/messages';
import { At } from '../../ui/time';

/** A system entry in the reader's language; one we have no words for shows the text it came with. */
function useWords(): (message: Message) => string {
  const { t, has } = useTranslation();
  return ({ system, text }) => {
    if (!system) return text;
    const params = Object.fromEntries(Object.entries(system.params).map(([name, value]) => {
      const word = `${name === 'from' || name === 'to' ? 'status' : name}.${String(value)}`;
      return [name, has(word) ? t(word) : value ?? ''];
    }));
    return has(`system.${system.code}`) ? t(`system.${system.code}`, params) : text || system.code;
  };
}

function Line({ message }: { message: Message }) {
  const words = useWords();
  return <p className="flex gap-2 text-sm text-muted"><span className="min-w-0 flex-1" dir="auto">{words(message)}</span><At at={message.at} className="text-xs" /></p>;
}

/** What Trunkline did, in one quiet line; several in a row are folded. */
export function SystemGroup({ messages }: { messages: Message[] }) {
  const { t } = useTranslation();
  const words = useWords();
  const last = messages.at(-1);
  if (messages.length === 1 && last) return <div data-testid="message" data-kind="system" className="px-3"><Line message={last} /></div>;
  return (
    <details className="group px-3">
      <summary className="flex items-center gap-1 rounded-sm text-sm text-muted hover:text-ink">
        <ChevronRight size={14} aria-hidden className="transition-transform duration-(--quick) group-open:rotate-90 rtl:-scale-x-100" />
        <span className="min-w-0 flex-1 truncate">{last ? words(last) : ''} · {t('timeline.folded', { count: messages.length - 1 })}</span>
        {last ? <At at={last.at} className="text-xs" /> : null}
      </summary>
      <div className="mt-1 grid gap-1 ps-5">{messages.map((message) => <div key={message.id} data-testid="message" data-kind="system"><Line message={message} /></div>)}</div>
    </details>
  );
}
