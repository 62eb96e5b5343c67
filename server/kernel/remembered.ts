import type { Schema } from 'mongoose';

const writes = ['save', 'insertMany', 'bulkWrite', 'updateOne', 'updateMany', 'findOneAndUpdate', 'findOneAndReplace', 'replaceOne', 'deleteOne', 'deleteMany', 'findOneAndDelete'] as const;
const mostKeys = 1000;

/**
 * A read whose answer is good for a second: settings, queues, mailboxes, which every message asks for and hardly anybody changes. A write
 * through the schema's model in this process forgets everything at once; another node sees a change a second later at the latest. What must
 * hold at once (who is blocked, who is logged in) is never remembered.
 */
export function remembered<K extends string, T>(schema: Schema, read: (key: K) => Promise<T>, forMs = 1000): (key: K) => Promise<T> {
  const known = new Map<K, { at: number; value: Promise<T> }>();
  const forget = (): void => known.clear();
  // Before and after: what is read while the write is under way may be the old state.
  for (const write of writes) {
    schema.pre(write as 'save', forget);
    schema.post(write as 'save', forget);
  }
  return (key) => {
    const now = performance.now();
    const found = known.get(key);
    if (found && now - found.at < forMs) return found.value;
    if (known.size >= mostKeys) known.clear();
    // A query of mongoose runs whenever somebody waits for it: make a promise of it.
    const value = Promise.resolve().then(() => read(key));
    const entry = { at: now, value };
    known.set(key, entry);
    const drop = (): void => { if (known.get(key) === entry) known.delete(key); };
    // A failure is not remembered, nor is that there is nothing: somebody may be about to make it.
    value.then((answer) => { if (answer === null || answer === undefined || (Array.isArray(answer) && answer.length === 0)) drop(); }, drop);
    return value;
  };
}
