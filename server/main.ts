// One server process. `trunkline start` and compose run this; what it does is set by ROLES.
import { startApp } from './app';
import { ConfigError, createLogger, loadConfig } from './kernel';

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const log = createLogger(config.logLevel);
  const app = await startApp(config, log);
  for (const line of app.greeting) process.stdout.write(`${line}\n`);
  process.stdout.write(`Trunkline is ready${app.url ? ` at ${app.url}` : ''}${app.smtpPort === null ? '' : `, mail on port ${app.smtpPort}`}\n`);
  const end = (): void => void app.stop().then(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

main().catch((error: unknown) => {
  const lines = error instanceof ConfigError ? error.faults : [error instanceof Error ? error.message : String(error)];
  process.stderr.write(`Trunkline cannot start: ${lines.join('\n  ')}\n`);
  process.exit(1);
});
