import { useQuery } from '@tanstack/react-query';
import { Maximize2, Minimize2, TriangleAlert } from 'lucide-react';
import { useContext, useEffect, useRef, useState } from 'react';
import { boardEndpoints, type Board, type BoardQueue } from '../../../protocol/board';
import type { Agent } from '../../../protocol/workforce';
import { call } from '../../api/call';
import { keys } from '../../api/keys';
import { useNow } from '../../lib/clock';
import { duration } from '../../lib/format';
import { useTranslation } from '../../lib/i18n';
import { useLink } from '../../realtime/link';
import { watchBoard } from '../../realtime/socket';
import { IconButton } from '../../ui/button';
import { SideTop } from '../../ui/side-pane';
import { Empty, Loaded } from '../../ui/states';
import { At, useManner } from '../../ui/time';
import { AgentDialog } from './agent-dialog';
import { AgentGrid } from './agent-grid';
import { FigureDialog } from './figure-dialog';
import { Turning } from './turning';
import { QueueTable, type Figure } from './queue-table';

const staleAfter = 10_000;

/** Says that the figures may be old: the connection is gone, or nothing was heard for 10 s. */
function Stale({ at }: { at: string }) {
  const { t } = useTranslation();
  const manner = useManner();
  const now = useNow(1000);
  const { state, heardAt } = useLink();
  const silent = heardAt > 0 && Date.now() - heardAt > staleAfter;
  if (state !== 'down' && !silent) return <p className="text-sm text-muted">{t('board.live')} · <At at={at} /></p>;
  return <p role="status" data-testid="board-stale" className="flex items-center gap-2 rounded-md bg-warn-soft px-2 py-1 text-md font-medium text-warn"><TriangleAlert size={16} aria-hidden />{t('board.stale', { length: duration((now - (heardAt || Date.parse(at))) / 1000, manner) })}</p>;
}

function useFullScreen() {
  const frame = useRef<HTMLElement>(null);
  const [full, setFull] = useState(false);
  useEffect(() => {
    const listen = () => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', listen);
    return () => document.removeEventListener('fullscreenchange', listen);
  }, []);
  const toggle = () => void (full ? document.exitFullscreen() : frame.current?.requestFullscreen())?.catch(() => {});
  return { frame, full, toggle };
}

type Opened = { queue: BoardQueue; figure: Figure } | { agent: Agent } | null;

function Figures({ board, open }: { board: Board; open: (what: Opened) => void }) {
  const { t } = useTranslation();
  if (board.queues.length === 0) return <Empty title={t('board.empty')} text={t('board.empty.text')} />;
  return (
    <>
      <QueueTable queues={board.queues} open={(queue, figure) => open({ queue, figure })} />
      <AgentGrid agents={board.agents} open={(agent) => open({ agent })} />
    </>
  );
}

/** One screen that says where help is needed, live. */
export function BoardPage() {
  const { t } = useTranslation();
  const top = useContext(SideTop);
  const board = useQuery({ queryKey: keys.board, queryFn: () => call(boardEndpoints.board), staleTime: 0 });
  const [opened, open] = useState<Opened>(null);
  const { frame, full, toggle } = useFullScreen();
  useEffect(() => {
    watchBoard(true);
    return () => watchBoard(false);
  }, []);
  const agent = opened && 'agent' in opened ? board.data?.agents.find((one) => one.id === opened.agent.id) : undefined;
  return (
    <main ref={frame} data-pane tabIndex={-1} data-testid="board" className="min-w-0 flex-1 overflow-y-auto bg-surface px-4 pt-3 pb-6 sm:px-6">
      <header className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-xl font-semibold">{t('nav.board')}</h1>
        {board.data ? <Stale at={board.data.at} /> : null}
        <span className="flex-1" />
        {full ? null : <div className="w-48 max-sm:flex-1">{top}</div>}
        {full ? <Turning frame={frame} /> : null}
        <IconButton label={t(full ? 'board.window' : 'board.full')} onClick={toggle}>{full ? <Minimize2 size={16} /> : <Maximize2 size={16} />}</IconButton>
      </header>
      <Loaded query={board}>{(data) => <Figures board={data} open={open} />}</Loaded>
      {opened && 'queue' in opened && board.data ? <FigureDialog queue={board.data.queues.find((one) => one.queueId === opened.queue.queueId) ?? opened.queue} figure={opened.figure} onClose={() => open(null)} /> : null}
      {agent ? <AgentDialog agent={agent} onClose={() => open(null)} /> : null}
    </main>
  );
}
