// The line between a browser and the server, to be cut or held still: plain TCP, so that what runs over it notices nothing until it happens.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line that can be broken in the two ways lines break. */
export interface Line {
  /** Where to go instead of the server, such as http://127.0.0.1:41234. */
  baseUrl: string;
  /** Ends every connection and refuses new ones. */
  cut(): void;
  /** Takes connections and bytes but carries nothing, as a dead network does: nobody is told. */
  hold(): void;
  /** Carries again. */
  mend(): void;
  stop(): Promise<void>;
}

type State = 'open' | 'cut' | 'held';

/** Listens on a free port and carries everything to a port of this machine. */
export async function layLine(port: number): Promise<Line> {
  let state: State = 'open';
  const pairs = new Set<[Socket, Socket]>();
  const flow = ([near, far]: [Socket, Socket]) => [near, far].forEach((each) => (state === 'held' ? each.pause() : each.resume()));
  const server = createServer((near) => {
    if (state === 'cut') return void near.destroy();
    const pair: [Socket, Socket] = [near, connect(port, '127.0.0.1')];
    const end = () => {
      pair.forEach((each) => each.destroy());
      pairs.delete(pair);
    };
    pairs.add(pair);
    pair.forEach((from, index) => {
      const to = pair[1 - index];
      from.on('data', (bytes) => to?.write(bytes)).on('error', end).on('close', end);
    });
    flow(pair);
    return undefined;
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const become = (next: State) => {
    state = next;
    if (next === 'cut') pairs.forEach((pair) => pair[0].destroy());
    else pairs.forEach(flow);
  };
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => become('cut'), hold: () => become('held'), mend: () => become('open'),
    stop: () => {
      become('cut');
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
