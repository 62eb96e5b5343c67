// One process of the chaos test: a real server without a web (its workers, timers and sweeps), and loops that play customers, agents and
// supervisors on the real commands. What people were told is written to a file before anything else happens, so that SIGKILL loses nothing.
import { appendFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { startApp } from '../../../server/app';
import { contextOf, createLogger, loadConfig, ProblemError } from '../../../server/kernel';
import { companyIds } from '../../../server/access';
import { dice } from '../dice';
import { Player } from './player';
import { prepare } from './prepare';
import type { Phase, Told } from './told';

const [file = '', seedText = '1', loops = '8', first = ''] = process.argv.slice(2);
const told = (row: Told): void => appendFileSync(file, `${JSON.stringify({ at: performance.timeOrigin + performance.now(), ...row })}\n`);

// A store or Redis that is away is what the test is about; anything else is a fault of ours.
const expected = /ECONN|EPIPE|ENOENT|max retries|Connection is closed|Stream isn't writeable|LOADING|taken over by another process|READONLY|Command timed out|starting/i;

let phase: Phase = 'wait';
process.on('message', (message: Phase) => { phase = message; });
process.on('disconnect', () => process.exit(1));

async function loop(player: Player, report: () => void): Promise<void> {
  for (;;) {
    if (phase === 'wait') { await wait(20); continue; }
    try {
      const did = await (phase === 'storm' ? player.anything() : player.finish());
      if (did !== false) report();
    } catch (error) {
      if (error instanceof ProblemError) {
        told({ kind: 'refused', code: error.code });
        report();
      } else if (error instanceof Error && expected.test(error.message)) await wait(50);
      else told({ kind: 'fault', text: error instanceof Error ? error.stack ?? error.message : String(error) });
    }
  }
}

async function main(): Promise<void> {
  const app = await startApp(loadConfig(process.env), createLogger(process.env['CHAOS_LOG'] ?? 'silent'));
  const [companyId = ''] = await companyIds();
  const ctx = contextOf(app.services, companyId);
  if (first === 'first') await prepare(ctx, dice(Number(seedText)));
  let done = 0;
  const report = (): void => { if ((done += 1) % 20 === 0) process.send?.({ done: 20 }); };
  process.send?.({ ready: true });
  await Promise.all(Array.from({ length: Number(loops) }, (_, i) => loop(new Player(ctx, dice(Number(seedText) + i), told), report)));
}

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
  process.exit(1);
});
