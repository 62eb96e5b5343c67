import type { TicketAction } from '../../protocol/lists';
import { useAgentName, useQueues } from '../api/shared';
import { useTranslation } from '../lib/i18n';

/** What a step of a macro does, in words. */
export function useStepWords(): (step: TicketAction) => string {
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  const nameOf = useAgentName();
  return (step) => {
    switch (step.kind) {
      case 'status': return t('step.status', { name: t(`status.${step.status}`) });
      case 'priority': return t('step.priority', { name: t(`priority.${step.priority}`) });
      case 'add-tags': return t('step.add-tags', { name: step.tags.join(', ') });
      case 'remove-tags': return t('step.remove-tags', { name: step.tags.join(', ') });
      case 'assign': return step.to === 'me' ? t('step.assign-me') : step.to === 'nobody' ? t('step.assign-nobody') : t('step.assign', { name: nameOf(step.to) });
      case 'transfer': return t('step.transfer', { name: queues.find(({ id }) => id === step.queueId)?.name ?? '' });
      case 'note': return t('step.note', { name: step.text.slice(0, 60) });
      case 'write': return t('step.write', { name: step.text.slice(0, 60) });
      default: return t(`step.${step.kind}`);
    }
  };
}
