import { useChannels } from '../../api/shared';
import { useLabelName } from '../../lib/label-name';

type Option = { value: string; label: string };

/** What conditions of a rule can be chosen from, each value with its name. */
export function useRuleOptions(): Record<'channels' | 'urgencies' | 'sentiments', Option[]> {
  const nameOf = useLabelName();
  return {
    channels: (useChannels().data ?? []).map(({ id, name }) => ({ value: id, label: name })),
    urgencies: ['urgent', 'normal', 'low'].map((value) => ({ value, label: nameOf('urgency', value) })),
    sentiments: ['negative', 'neutral', 'positive'].map((value) => ({ value, label: nameOf('sentiment', value) })),
  };
}

/** Writes the values of a condition by their names; one that cannot be chosen from a list stands as it is. */
export function useNamed(): (condition: string, values: readonly string[]) => string {
  const options: Partial<Record<string, Option[]>> = useRuleOptions();
  return (condition, values) => values.map((value) => options[condition]?.find((one) => one.value === value)?.label ?? value).join(', ');
}
