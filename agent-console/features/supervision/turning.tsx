import { Pause, Play } from 'lucide-react';
import { useEffect, useState, type RefObject } from 'react';
import { useTranslation } from '../../lib/i18n';
import { IconButton } from '../../ui/button';

const pageMs = 15_000;

/** How many screens a board fills and which one is shown; on a full screen they turn by themselves until stopped. */
function usePages(frame: RefObject<HTMLElement | null>, turning: boolean): { page: number; pages: number } {
  const [pages, setPages] = useState(1);
  const [page, setPage] = useState(0);
  useEffect(() => {
    const board = frame.current;
    if (!board) return undefined;
    const measure = () => setPages(Math.max(1, Math.ceil((board.scrollHeight - 8) / Math.max(1, board.clientHeight))));
    const observer = new ResizeObserver(measure);
    observer.observe(board);
    measure();
    return () => observer.disconnect();
  }, [frame]);
  useEffect(() => {
    if (!turning || pages < 2) return undefined;
    const timer = setInterval(() => setPage((old) => (old + 1) % pages), pageMs);
    return () => clearInterval(timer);
  }, [turning, pages]);
  useEffect(() => {
    if (turning) frame.current?.scrollTo({ top: page * frame.current.clientHeight });
  }, [frame, page, turning]);
  return { page, pages };
}

/** Stops and starts the turning of a board that does not fit on its screen. */
export function Turning({ frame }: { frame: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation();
  const [turning, setTurning] = useState(true);
  const { page, pages } = usePages(frame, turning);
  if (pages < 2) return null;
  return (
    <>
      <span className="text-sm text-muted tnum">{t('board.page', { page: page + 1, pages })}</span>
      <IconButton label={t('board.turning')} data-testid="board-turning" aria-pressed={turning} onClick={() => setTurning(!turning)}>{turning ? <Pause size={16} /> : <Play size={16} />}</IconButton>
    </>
  );
}
