import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useApp, useStore } from '../frame/app';
import { lastSeq } from '../frame/thread';
import { waitText } from '../frame/tongue';
import { Composer } from './composer';
import { Copy } from './copy';
import { Bubble, lineOf } from './message';
import { Otherwise } from './otherwise';
import type { Line } from './message';
import { Rating } from './rating';

const NEAR = 80;

export function Chat() {
  const { t } = useApp();
  const phase = useStore((state) => state.chat.phase);
  const rows = useStore((state) => state.thread.rows);
  const rated = useStore((state) => state.ratedSeq);
  const [resumed, setResumed] = useState(0);
  const seq = lastSeq(rows);
  // Ended, and the visitor has not chosen to go on.
  const over = phase === 'ended' && resumed < seq;
  return (
    <>
      <Status />
      <Otherwise />
      <Log />
      {over ? (
        <footer class="foot">
          <Rating seq={seq} rated={rated >= seq} />
          <Copy />
          <button type="button" class="primary wide" data-testid="tl-again" onClick={() => setResumed(seq)}>{t('again')}</button>
        </footer>
      ) : <Composer />}
    </>
  );
}

/** Where the chat stands, in words. */
function Status() {
  const { t } = useApp();
  const chat = useStore((state) => state.chat);
  const offline = useStore((state) => state.offline);
  const wait = waitText(t, chat.expectedWait);
  const { phase, position, agentName } = chat;
  return (
    <div class={offline ? 'state off' : 'state'} data-testid="tl-state" data-phase={phase}>
      <div role="status" class="grow">
        {offline && <p>{t('offline')}</p>}
        {!offline && phase === 'waiting' && <p><b>{position === null ? t('waiting') : position <= 1 ? t('next') : t('position', { n: position })}</b>{wait && ` · ${wait}`}</p>}
        {!offline && phase === 'active' && <p><span class="dot" aria-hidden="true" /> <b>{t('helps', { name: agentName ?? t('someone') })}</b></p>}
        {!offline && phase === 'none' && <p>{t('welcome')}</p>}
        {!offline && phase === 'ended' && <p>{t('ended')}</p>}
        {!offline && phase === 'waiting' && <p class="quiet">{t('leaving')}</p>}
      </div>
    </div>
  );
}

/** Ends the chat after one more click, while there is one. */
export function EndChat() {
  const { t, chat } = useApp();
  const [asking, setAsking] = useState(false);
  const live = useStore((state) => state.chat.phase === 'waiting' || state.chat.phase === 'active');
  if (!live) return null;
  if (!asking) return <button type="button" class="small" onClick={() => setAsking(true)}>{t('end')}</button>;
  const end = () => {
    setAsking(false);
    chat.link.send('chat.end', {}).catch(() => undefined);
  };
  return (
    <span class="sure" role="group" aria-label={t('endSure')}>
      <button type="button" class="small strong" onClick={end}>{t('endYes')}</button>
      <button type="button" class="small" onClick={() => setAsking(false)}>{t('endNo')}</button>
    </span>
  );
}

/** Stays at the newest message as it grows, unless one is reading further up. */
function useBottom(pending: number) {
  const log = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const down = () => {
    const box = log.current;
    if (box && stuck.current) box.scrollTop = box.scrollHeight;
  };
  useLayoutEffect(() => {
    const box = log.current;
    if (!box) return;
    const watch = new ResizeObserver(down);
    watch.observe(box);
    if (box.firstElementChild) watch.observe(box.firstElementChild);
    box.onscroll = () => {
      stuck.current = box.scrollTop + box.clientHeight > box.scrollHeight - NEAR;
    };
    return () => watch.disconnect();
  }, []);
  // One's own message is always shown.
  useLayoutEffect(() => {
    if (pending > 0) stuck.current = true;
    down();
  });
  return log;
}

/** Both sides' messages as one list, so that an entry stays the same one when it is confirmed. */
function useLines(): Line[] {
  const { t } = useApp();
  const { rows, pending } = useStore((state) => state.thread);
  const readSeq = useStore((state) => state.chat.readSeq);
  const offline = useStore((state) => state.offline);
  const lastMine = pending.length === 0 ? rows.findLast((row) => row.from === 'me') : undefined;
  const said = rows.map((row, n): Line => {
    const former = rows[n - 1];
    return { row, first: former?.from !== row.from || former.name !== row.name, note: row === lastMine ? t(row.seq <= readSeq ? 'seen' : 'sent') : '' };
  });
  return [...said, ...pending.map((one): Line => ({ row: lineOf(one), first: false, note: t(offline ? 'queued' : 'sending'), refused: one.refused }))];
}

function Log() {
  const { t } = useApp();
  const lines = useLines();
  const typing = useStore((state) => state.typing);
  const log = useBottom(useStore((state) => state.thread.pending.length));
  return (
    <div class="log" ref={log} tabIndex={0}>
      <div role="log" aria-live="polite" aria-relevant="additions" aria-label={t('conversation')}>
        {lines.map((line) => <Bubble key={line.row.clientId || line.row.id} {...line} />)}
      </div>
      {typing !== null && <p class="typing" dir="auto"><span class="dots" aria-hidden="true"><i /><i /><i /></span>{t('typing', { name: typing || t('someone') })}</p>}
    </div>
  );
}
