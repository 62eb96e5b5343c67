// A mail server that answers as a test wants: real servers put off, refuse one of several, hang up in the middle.
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What to say instead of the usual answer; 'hang-up' ends the line without a word; undefined: the usual one. */
export type Whim = (said: string, state: { connections: number }) => string | 'hang-up' | undefined;

export interface OddReceiver {
  port: number;
  /** Whom each mail that was taken went to. */
  taken: string[][];
  /** How often the text of a mail was sent to its end. */
  heard: number;
  stop(): void;
}

const usual = (said: string): string => (said.startsWith('EHLO') ? '250 odd.example' : said === 'DATA' ? '354 go on' : said === 'QUIT' ? '221 bye' : '250 ok');

/** `whim` is asked with each line a client says, with "." for the end of a mail and "" for the greeting. */
export async function startOddReceiver(whim: Whim): Promise<OddReceiver> {
  const receiver = { taken: [] as string[][], heard: 0, connections: 0 };
  const server = createServer((line) => talk(line, whim, receiver)).listen(0, '127.0.0.1');
  await new Promise<void>((resolve) => void server.once('listening', resolve));
  return Object.assign(receiver, { port: (server.address() as AddressInfo).port, stop: () => void server.close() });
}

function talk(line: Socket, whim: Whim, receiver: { taken: string[][]; heard: number; connections: number }): void {
  receiver.connections += 1;
  let [rest, to, inData] = ['', [] as string[], false];
  const answer = (said: string): string => {
    const words = whim(said, receiver) ?? (said === '' ? '220 odd.example' : usual(said));
    if (words === 'hang-up') line.destroy();
    else line.write(`${words}\r\n`);
    return words;
  };
  const hear = (said: string): void => {
    if (inData && said !== '.') return;
    if (said === '.') receiver.heard += 1;
    const words = answer(said);
    inData = words.startsWith('354');
    if (said.startsWith('MAIL')) to = [];
    if (said.startsWith('RCPT') && words.startsWith('2')) to.push(/<(.*?)>/.exec(said)?.[1] ?? '');
    if (said === '.' && words.startsWith('2')) receiver.taken.push(to);
  };
  line.on('error', () => undefined).on('data', (bytes) => {
    const lines = (rest + bytes.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    lines.forEach(hear);
  });
  answer('');
}
