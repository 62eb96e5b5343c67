import type { Log } from './logger';

interface Step {
  name: string;
  stop(): Promise<unknown> | unknown;
}

/** Ends what was started, last first; one that hangs does not keep the others. */
export class Shutdown {
  private readonly steps: Step[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly log: Log, private readonly patience = 8000) {}

  /** Registers how to end something that was just started. */
  add(name: string, stop: Step['stop']): void {
    this.steps.push({ name, stop });
  }

  /** Runs once; further calls wait for the first. */
  run(): Promise<void> {
    this.running ??= this.end();
    return this.running;
  }

  private async end(): Promise<void> {
    for (const step of this.steps.reverse()) {
      const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('took too long')), this.patience).unref());
      await Promise.race([Promise.resolve().then(() => step.stop()), late]).catch((error: unknown) => this.log.warn({ step: step.name, err: error }, 'did not end cleanly'));
    }
  }
}
