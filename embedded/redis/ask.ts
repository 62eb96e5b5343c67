// One inline command over a unix socket, for the moments before anybody has a client.
import { connect } from 'node:net';

const TIMEOUT_MS = 1000;

/** The first line Redis answers, or null when nobody answers there. */
export function ask(socketPath: string, command: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    let answer = '';
    const finish = (result: string | null) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(TIMEOUT_MS, () => finish(null));
    socket.on('error', () => finish(null));
    socket.on('connect', () => socket.write(`${command}\r\n`));
    socket.on('data', (chunk) => {
      answer += chunk.toString();
      if (answer.includes('\r\n')) finish(answer.slice(0, answer.indexOf('\r\n')));
    });
    socket.on('close', () => finish(null));
  });
}
