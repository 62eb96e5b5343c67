import { useMutation } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useTranslation } from '../../lib/i18n';
import { problemText } from '../../api/problem';
import { useDesk } from '../../api/shared';
import { useAriaKeys, useCommand } from '../../lib/shortcuts';
import { changeState } from '../../realtime/desk';
import { useReason } from '../../lib/reason';
import { StateSign } from '../../ui/marks';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../../ui/menu';
import { Since } from '../../ui/time';
import { toast } from '../../ui/toast';
import { NextWork, WorkNotes } from './next-work';

interface Wish { state: 'available' | 'away' | 'offline'; reason?: string; handBack?: boolean }

/** Where an agent says whether work may come, and why not. */
export function StateSwitch() {
  const { t } = useTranslation();
  const desk = useDesk().data;
  const keys = useAriaKeys('state.toggle');
  const change = useMutation({
    mutationFn: ({ state, ...more }: Wish) => changeState(state, more),
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  useCommand('state.toggle', () => change.mutate(desk?.state === 'offline' || desk?.state === 'away' || desk?.state === 'not-responding' ? { state: 'available' } : { state: 'away' }));
  const wordOf = useReason();
  if (!desk) return <div className="h-10" />;
  const { state, reason, load, assigned, awayReasons } = desk;
  return (
    <>
      <Menu label={t('state.label')} trigger={
        <button type="button" data-testid="state-switch" data-state-name={state} {...keys} className="block w-full rounded-md bg-surface px-2 pt-1.5 pb-2 text-start ring-1 ring-line transition-colors duration-(--quick) hover:bg-hover">
          <span className="flex items-center gap-1.5">
            <StateSign state={state} />
            <span className="min-w-0 flex-1 truncate text-md font-medium">{t(`state.${state}`)}{reason ? <span className="font-normal text-muted"> · {wordOf(reason)}</span> : null}</span>
            {state === 'offline' ? null : <Since at={desk.since} className="text-xs text-muted" />}
            <ChevronDown size={14} className="text-muted" aria-hidden />
          </span>
          <span className="mt-1.5 block h-1 rounded-full bg-hover" title={t('state.load', { load })}>
            <span className="block h-1 rounded-full bg-accent" style={{ width: `${Math.min(100, load)}%` }} />
          </span>
          <span className="sr-only">{t('state.load', { load })}</span>
        </button>
      }>
        <MenuItem checked={state === 'available' || state === 'busy'} icon={<StateSign state="available" />} onSelect={() => change.mutate({ state: 'available' })}>{t('state.available')}</MenuItem>
        <MenuLabel>{t('state.away-for')}</MenuLabel>
        {(awayReasons.length > 0 ? awayReasons : ['']).map((why) => (
          <MenuItem key={why} checked={state === 'away' && reason === why} icon={<StateSign state="away" />} onSelect={() => change.mutate({ state: 'away', ...(why ? { reason: why } : {}) })}>{why || t('state.away')}</MenuItem>
        ))}
        <MenuLine />
        <MenuItem checked={state === 'offline'} icon={<StateSign state="offline" />} onSelect={() => change.mutate({ state: 'offline' })}>{t('state.offline')}</MenuItem>
        {assigned.length > 0 ? <MenuItem icon={<StateSign state="offline" />} onSelect={() => change.mutate({ state: 'offline', handBack: true })}>{t('state.hand-back', { count: assigned.length })}</MenuItem> : null}
        {assigned.length > 0 ? <MenuItem icon={<StateSign state="away" />} onSelect={() => change.mutate({ state: 'away', handBack: true })}>{t('state.away-hand-back', { count: assigned.length })}</MenuItem> : null}
      </Menu>
      <WorkNotes desk={desk} />
      <NextWork desk={desk} />
    </>
  );
}
