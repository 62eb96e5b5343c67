import type { Maybe } from './bson/value';

/** How often each command was asked for, and on which collection: what `serverStatus` tells as `metrics`. */
export class Tally {
  readonly byCommand = new Map<string, number>();
  /** "command collection" → how often. */
  readonly byCollection = new Map<string, number>();

  count(command: string, target: Maybe): void {
    this.byCommand.set(command, (this.byCommand.get(command) ?? 0) + 1);
    if (typeof target !== 'string') return;
    const name = `${command} ${target}`;
    this.byCollection.set(name, (this.byCollection.get(name) ?? 0) + 1);
  }
}
