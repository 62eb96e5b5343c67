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
