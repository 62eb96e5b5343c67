import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { workforceEndpoints } from '../../../protocol/workforce';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { useChannels } from '../../api/shared';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Loaded } from '../../ui/states';
import { useSaving } from './saving';

function Editor({ saved }: { saved: Record<string, number> }) {
  const { t } = useTranslation();
  const channels = useChannels().data ?? [];
  const [weights, setWeights] = useState(saved);
  const save = useSaving(() => call(workforceEndpoints.putWeights, { body: { weights } }));
  const put = (id: string, value: string) => setWeights(value === '' ? Object.fromEntries(Object.entries(weights).filter(([one]) => one !== id)) : { ...weights, [id]: Number(value) });
  return (
    <form className="grid max-w-[480px] gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
      {channels.map((channel) => <TextField key={channel.id} label={channel.name} type="number" min={1} max={1000} placeholder={String(channel.weight)} value={weights[channel.id] ?? ''} onChange={(event) => put(channel.id, event.target.value)} />)}
      <div><Button look="primary" type="submit" disabled={save.isPending}>{t('save')}</Button></div>
    </form>
  );
}

/** What an item of each channel costs of an agent's capacity. */
export function WeightsSection() {
  const weights = useQuery({ queryKey: keys.settings('weights'), queryFn: () => call(workforceEndpoints.weights) });
  return <Loaded query={weights}>{(saved) => <Editor key={JSON.stringify(saved.weights)} saved={saved.weights} />}</Loaded>;
}
