import type { Hours } from '../../../protocol/service-levels';
import { useAgents, useQueues, useSkills } from '../../api/shared';
import { calendarDay, exact, number } from '../../lib/format';
import { languageName, useTranslation } from '../../lib/i18n';
import { useManner } from '../../ui/time';
import { useHours } from './hours';
import { writeSpans } from './hours-text';
import { useRoleName, useTeams } from './organisation';

/** Where the words of a field's values are kept. */
const kept: Record<string, string> = {
  order: 'queue.order', select: 'queue.select', mode: 'queue.wrap-up', scope: 'scope', type: 'fields.type', abilities: 'ability', askFor: 'widget.ask', security: 'mailbox.security', signIn: 'mailbox.sign-in', when: 'overflow.when', to: 'overflow.to', away: 'reason', decline: 'reason', priority: 'priority',
};
/** The keys under which what stands inside a value may have words. */
const insides = (name: string): string[] => [`audit.field.${name}`, `audit.part.${name}`, `channel.${name}`, `priority.${name}`, `levels.${name}`];
/** What people call an entry of a list by. */
const callings = ['name', 'label', 'text', 'code'];

const nothing = (value: unknown): boolean => value === null || value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
/** Ids are 24 hexadecimal digits; what has one that nobody knows is gone. */
const isId = (text: string): boolean => /^[0-9a-f]{24}$/.test(text);

/** The names of everything the log may speak of by its id, and whether all of them are here. */
function useNames(): { names: ReadonlyMap<string, string>; complete: boolean } {
  const lists = [useQueues().data, useSkills().data, useTeams().data, useAgents().data, useHours().data];
  return { names: new Map(lists.flatMap((rows) => (rows ?? []).map(({ id, name }) => [id, name] as const))), complete: !lists.includes(undefined) };
}

type Written = (field: string, value: unknown) => string;

/** Writes a value of the log as people would say it. */
function useWritten(): Written {
  const { t, has } = useTranslation();
  const manner = useManner();
  const { names, complete } = useNames();
  const unknown = complete ? t('audit.gone') : '…';
  const roleName = useRoleName();
  const word = (field: string, text: string): string => {
    if (names.has(text)) return names.get(text) ?? '';
    if (isId(text)) return unknown;
    if (field === 'roles') return roleName(text);
    if (field === 'locale') return languageName(text);
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return calendarDay(text, manner);
    if (/^\d{4}-\d\d-\d\dT/.test(text)) return exact(text, manner);
    const key = `${kept[field]}.${text}`;
    return has(key) ? t(key) : text;
  };
  const inside = (name: string): string => names.get(name) ?? insides(name).filter(has).map((key) => t(key))[0] ?? (isId(name) ? unknown : name);
  const entry = (field: string, value: unknown): string => {
    if (!isObject(value)) return write(field, value);
    const called = callings.map((name) => value[name]).find((text) => typeof text === 'string' && text !== '');
    return called === undefined ? write(field, value) : String(called);
  };
  const week = (days: Hours['week']): string => days.flatMap((spans, day) => (spans.length === 0 ? [] : [`${new Intl.DateTimeFormat(manner.language, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day))} ${writeSpans(spans)}`])).join(' · ');
  const write: Written = (field, value) => {
    if (nothing(value)) return '–';
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
    if (typeof value === 'number') return number(value, manner);
    if (typeof value === 'string') return word(field, value);
    if (field === 'week') return week(value as Hours['week']);
    if (Array.isArray(value)) return value.map((each) => entry(field, each)).join(', ');
    return Object.entries(value as object).filter(([, each]) => !nothing(each)).map(([name, each]) => `${inside(name)}: ${write(name, each)}`).join(' · ') || '–';
  };
  return write;
}

/** A field of the log before and after, in words; of things with parts only those that differ, null where nothing does. */
export function useChange(): (field: string, before: unknown, after: unknown) => { before: string; after: string } | null {
  const { t } = useTranslation();
  const write = useWritten();
  return (field, before, after) => {
    if (same(before, after) || (nothing(before) && nothing(after))) return null;
    if (!isObject(before) || !isObject(after)) {
      const [was, is] = [write(field, before), write(field, after)];
      return was === is ? { before: '', after: t('audit.within', { value: is }) } : { before: was, after: is };
    }
    const differ = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !same(before[name], after[name]));
    const only = (value: Record<string, unknown>) => write(field, Object.fromEntries(differ.map((name) => [name, value[name]])));
    return { before: only(before), after: only(after) };
  };
}
