import { mkdirSync } from 'node:fs';
import { asStoreError } from './errors';
import { dropUnfinished, startHousekeeping } from './housekeeping';
import { lockFolder } from './lock';
import { serve } from './server';
import { Store } from './store';

// The child process: node main.js DATA_DIR SOCKET [TCP_PORT]. It says when it is ready in one line of JSON, and ends when its input ends, so
// that it never outlives whoever started it.

function say(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function complain(error: unknown): void {
  process.stderr.write(`docstore: ${error instanceof Error ? error.message : String(error)}\n`);
}

async function main([dataDir, socket, tcpPort]: string[]): Promise<void> {
  if (!dataDir || !socket) throw new Error('usage: main.js DATA_DIR SOCKET [TCP_PORT]');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(dataDir, socket);
  const store = new Store(dataDir);
  await dropUnfinished(store);
  const { port, close } = await serve(store, { socket, tcpPort: tcpPort ? Number(tcpPort) : undefined });
  const stopHousekeeping = startHousekeeping(store, Number(process.env['DOCSTORE_TTL_MS'] ?? 60_000), complain);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    stopHousekeeping();
    close();
    store.close().catch(complain).finally(() => {
      unlock();
      process.exit(0);
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.stdin.on('end', stop).on('close', stop).on('error', stop).resume();
  process.stdout.on('error', stop);
  say({ ready: true, socket, port });
}

// Of a commit that failed LMDB's binding rejects one promise more than it gives away; whoever waits for the write has been told.
process.on('unhandledRejection', (error) => {
  if (!(error instanceof Error) || !('commitError' in error)) throw error;
});

main(process.argv.slice(2)).catch((error: unknown) => {
  say({ ready: false, error: asStoreError(error).message });
  process.exitCode = 1;
  process.stdin.destroy();
});
