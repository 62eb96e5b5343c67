import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Dialog as Base } from 'radix-ui';
import { useEffect, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { customerEndpoints } from '../../../protocol/customers';
import { knowledgeEndpoints } from '../../../protocol/knowledge';
import { ticketEndpoints } from '../../../protocol/tickets';
import { call } from '../../api/call';
import { useMay } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { showStroke } from '../../lib/keys';
import { usePreferences } from '../../lib/preferences';
import { commands, isHandled, isMac, keysOf, run, type CommandId } from '../../lib/shortcuts';
import { subjectText } from '../../lib/subject';
import { Keys } from '../../ui/marks';

interface PaletteProps { onClose: () => void; onHelp: () => void; onLogOut: () => void }

function useFound(words: string) {
  const may = useMay();
  const [q, setQ] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQ(words.trim()), 180);
    return () => clearTimeout(timer);
  }, [words]);
  const enabled = q.length > 1;
  const tickets = useQuery({ queryKey: ['palette', 'tickets', q], queryFn: () => call(ticketEndpoints.list, { query: { q, limit: 6 } }), enabled: enabled && may('ticket.read'), staleTime: 10_000 });
  const customers = useQuery({ queryKey: ['palette', 'customers', q], queryFn: () => call(customerEndpoints.list, { query: { q, limit: 5 } }), enabled: enabled && may('customer.read'), staleTime: 10_000 });
  const articles = useQuery({ queryKey: ['palette', 'articles', q], queryFn: () => call(knowledgeEndpoints.suggest, { query: { q } }), enabled: enabled && may('article.read'), staleTime: 10_000 });
  return { tickets: tickets.data?.rows ?? [], customers: customers.data?.rows ?? [], articles: articles.data?.hits.slice(0, 5) ?? [] };
}

function Item({ value, onSelect, children, keys }: { value: string; onSelect: () => void; children: ReactNode; keys?: string | undefined }) {
  return (
    <Command.Item value={value} onSelect={onSelect} className="flex min-h-9 items-center gap-3 rounded-md px-3 text-md data-[selected=true]:bg-hover">
      <span className="min-w-0 flex-1 truncate">{children}</span>{keys ? <Keys>{keys}</Keys> : null}
    </Command.Item>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return <Command.Group heading={title} className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted">{children}</Command.Group>;
}

function Looks({ done }: { done: (act: () => void) => () => void }) {
  const { t } = useTranslation();
  const { set } = usePreferences();
  return (
    <Group title={t('look.title')}>
      {(['system', 'light', 'dark'] as const).map((theme) => <Item key={theme} value={`theme ${t(`look.${theme}`)}`} onSelect={done(() => set({ theme }))}>{t('palette.theme', { name: t(`look.${theme}`) })}</Item>)}
      {(['comfortable', 'compact'] as const).map((density) => <Item key={density} value={`density ${t(`look.${density}`)}`} onSelect={done(() => set({ density }))}>{t('palette.density', { name: t(`look.${density}`) })}</Item>)}
    </Group>
  );
}

function Results({ words, done }: { words: string; done: (act: () => void) => () => void }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { tickets, customers, articles } = useFound(words);
  return (
    <>
      {tickets.length > 0 ? <Group title={t('palette.tickets')}>{tickets.map((one) => <Item key={one.id} value={`${words} ${one.id}`} onSelect={done(() => go(`/inbox/all/${one.id}`))}><span className="text-muted tnum">#{one.number}</span> <bdi>{subjectText(t, one.subject)}</bdi> <span className="text-muted">· <bdi>{one.customer.name || one.customer.address}</bdi></span></Item>)}</Group> : null}
      {customers.length > 0 ? <Group title={t('nav.customers')}>{customers.map((one) => <Item key={one.id} value={`${words} ${one.id}`} onSelect={done(() => go(`/customers/${one.id}`))}><bdi>{one.name || one.address}</bdi> <span className="text-muted"><bdi>{one.organisation}</bdi></span></Item>)}</Group> : null}
      {articles.length > 0 ? <Group title={t('nav.knowledge')}>{articles.map((one) => <Item key={one.articleId} value={`${words} ${one.articleId}`} onSelect={done(() => go(one.kind === 'guide' ? `/guides/${one.articleId}` : `/knowledge/${one.articleId}`))}><bdi>{one.title}</bdi></Item>)}</Group> : null}
    </>
  );
}

/** Everything by typing: what can be done here, tickets, customers, articles. */
export function Palette({ onClose, onHelp, onLogOut }: PaletteProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [, go] = useLocation();
  const keymap = usePreferences((state) => state.keymap);
  const done = (act: () => void) => () => {
    onClose();
    setTimeout(act, 0);
  };
  const able = (Object.keys(commands) as CommandId[]).filter((command) => command !== 'go.palette' && command !== 'go.help' && !command.startsWith('list.') && isHandled(command));
  const strokes = (command: CommandId) => keysOf(command, keymap).slice(0, 1).map((one) => showStroke(one, isMac()))[0];
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Overlay className="fixed inset-0 z-40 bg-scrim data-[state=open]:animate-appear" />
        <Base.Content aria-describedby={undefined} className="fixed inset-x-4 top-[12vh] z-50 mx-auto max-w-[600px] overflow-hidden rounded-lg bg-surface shadow-float data-[state=open]:animate-rise focus:outline-none">
          <Base.Title className="sr-only">{t('nav.palette')}</Base.Title>
          <Command label={t('nav.palette')} loop>
            <Command.Input value={words} onValueChange={setWords} placeholder={t('palette.hint')} className="h-12 w-full border-b border-line bg-transparent px-4 text-lg outline-none" />
            <Command.List className="max-h-[52vh] overflow-y-auto p-1 pb-2">
              <Command.Empty className="px-3 py-6 text-center text-md text-muted">{t('palette.none')}</Command.Empty>
              <Results words={words} done={done} />
              <Group title={t('palette.commands')}>
                {able.map((command) => <Item key={command} value={`${command} ${t(`command.${command}`)}`} keys={strokes(command)} onSelect={done(() => run(command))}>{t(`command.${command}`)}</Item>)}
                <Item value={`help ${t('help.title')}`} keys={strokes('go.help')} onSelect={done(onHelp)}>{t('help.title')}</Item>
                <Item value={`me ${t('nav.account')}`} onSelect={done(() => go('/settings/me'))}>{t('nav.account')}</Item>
                <Item value={`out ${t('nav.log-out')}`} onSelect={done(onLogOut)}>{t('nav.log-out')}</Item>
              </Group>
              <Looks done={done} />
            </Command.List>
          </Command>
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}
