import type { BoardQueue } from '../../../protocol/board';
import { duration } from '../../lib/format';
import { useTranslation } from '../../lib/i18n';
import { Dialog } from '../../ui/dialog';
import { useManner } from '../../ui/time';
import type { Figure } from './queue-table';
import { WorkItems } from './work-items';

/** How a figure comes about, and the items behind it. */
export function FigureDialog({ queue, figure, onClose }: { queue: BoardQueue; figure: Figure; onClose: () => void }) {
  const { t } = useTranslation();
  const manner = useManner();
  return (
    <Dialog open onClose={onClose} wide title={`${queue.name} · ${t(`figure.${figure}`)}`}>
      <p className="mb-4 max-w-[70ch] rounded-md bg-sunken px-3 py-2 text-md text-soft"><span className="font-medium">{t('figure.formula')}</span> {t(`formula.${figure}`)}</p>
      {figure === 'expectedWait' && queue.expectedWaitOff !== null ? <p className="mb-4 max-w-[70ch] text-md text-soft">{t('board.off')}: {duration(queue.expectedWaitOff, manner)}. {t('formula.expectedWaitOff')}</p> : null}
      <WorkItems filter={{ queueId: queue.queueId, figure }} />
    </Dialog>
  );
}
