import { ConfigError, createLogger, loadConfig } from '../kernel';
import { startApp } from './start-app';

async function run(): Promise<void> {
  const config = loadConfig(process.env);
  const app = await startApp(config, createLogger(config.logLevel));
  for (const line of app.greeting) process.stdout.write(`${line}\n`);
  process.stdout.write(`Trunkline is ready${app.url ? ` at ${app.url}` : ''}${app.smtpPort === null ? '' : `, mail on port ${app.smtpPort}`}\n`);
  const end = (): void => void app.stop().then(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

/** Runs this process as a server until it is told to end; what is in the way is said in one sentence, with exit code 1. */
export async function runProcess(): Promise<void> {
  await run().catch((error: unknown) => {
    const lines = error instanceof ConfigError ? error.faults : [error instanceof Error ? error.message : String(error)];
    process.stderr.write(`Trunkline cannot start: ${lines.join('\n  ')}\n`);
    process.exit(1);
  });
}
