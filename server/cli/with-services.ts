import { openServices, openStores, runningStores } from '../app';
import { contextOf, createLogger, loadConfig, Shutdown, type Services } from '../kernel';
import { onEnding } from './endings';

/** Runs something with the stores of the running server, or with stores of its own when none runs. */
export async function withServices<T>(run: (services: Services) => Promise<T>): Promise<T> {
  const config = loadConfig(process.env);
  const log = createLogger('warn');
  const shutdown = new Shutdown(log);
  const forget = onEnding((code) => void shutdown.run().then(() => process.exit(code)));
  try {
    const stores = (await runningStores(config.dataDir)) ?? (await openStores(config, log, shutdown));
    const services = await openServices({ config, log, shutdown }, stores, config.publicUrl ?? `http://localhost:${config.port}`);
    services.relay.open({ subscribers: [], contextOf: (companyId) => contextOf(services, companyId) });
    return await run(services);
  } finally {
    await shutdown.run();
    forget();
  }
}
