import { dial } from './dial';

export interface Faults {
  /** Share of frames that vanish, in each direction. */
  dropped: number;
  stallMs: number;
  /** The line is cut after this long. */
  lifeMs: number;
  random(): number;
}

export interface Counted {
  lines: number;
  frames: number;
  dropped: number;
  stalls: number;
}

/** A WebSocket over a bad line: frames vanish both ways, everything stands still now and then, and it is cut every few seconds. */
export function faultyDial(faults: Faults, counted: Counted): (url: string) => WebSocket {
  return (url) => {
    counted.lines++;
    const inner = dial(url);
    let held: (() => void)[] | null = null;
    const pass = (work: () => void): void => {
      counted.frames++;
      if (faults.random() < faults.dropped) counted.dropped++;
      else if (held) held.push(work);
      else work();
    };
    const line = {
      onmessage: null as ((event: { data: unknown }) => void) | null, onclose: null as (() => void) | null, onerror: null as (() => void) | null,
      get readyState() { return inner.readyState; },
      send: (text: string) => pass(() => { if (inner.readyState === 1) inner.send(text); }),
      close: () => inner.close(),
    };
    const stall = setTimeout(() => {
      if (faults.random() > 0.5) return;
      counted.stalls++;
      held = [];
      setTimeout(() => {
        const late = held ?? [];
        held = null;
        late.forEach((work) => work());
      }, faults.stallMs);
    }, faults.random() * faults.lifeMs);
    const cut = setTimeout(() => inner.close(), faults.lifeMs * (0.5 + faults.random()));
    inner.onmessage = ({ data }) => pass(() => line.onmessage?.({ data }));
    inner.onerror = () => undefined;
    inner.onclose = () => {
      clearTimeout(stall);
      clearTimeout(cut);
      line.onclose?.();
    };
    return line as unknown as WebSocket;
  };
}
