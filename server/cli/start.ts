import { runProcess } from '../app';

/** Starts the server in this process; -1: it goes on running. */
export async function start(): Promise<number> {
  await runProcess();
  return -1;
}
