import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who holds a data folder. */
export interface Holder {
  pid: number;
  /** When the process started, in the kernel's ticks; tells a reused process number. Absent where the kernel does not say. */
  started?: string;
  /** The process that started it. */
  parent: number;
  socket: string;
}

function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

const nameOf = (dataDir: string): string => join(dataDir, 'docstore.lock');

/** The running process that holds a folder; undefined when nobody does. */
export function holderOf(dataDir: string): Holder | undefined {
  const holder = read(nameOf(dataDir));
  if (!holder || !alive(holder.pid)) return undefined;
  return holder.started !== undefined && startOf(holder.pid) !== holder.started ? undefined : holder;
}

/** Whether the process that started a holder is gone: then the holder is about to end too. */
export function isOrphan(holder: Holder): boolean {
  return holder.parent > 1 && !alive(holder.parent);
}

/** Takes the lock of a folder for this process; answers how to give it back. Throws a sentence when another process holds it. */
export function lockFolder(dataDir: string, socket: string): () => void {
  const file = nameOf(dataDir);
  const own = `${file}.${process.pid}`;
  const started = startOf(process.pid);
  const me: Holder = { pid: process.pid, ...(started ? { started } : {}), parent: process.ppid, socket };
  writeFileSync(own, JSON.stringify(me), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        linkSync(own, file);
        return () => {
          if (read(file)?.pid === process.pid) unlinkSync(file);
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = holderOf(dataDir);
      if (holder) throw new Error(`another document store (process ${holder.pid}) is using ${dataDir}; stop it first`);
      putAside(file, own);
    }
    throw new Error(`the lock of ${dataDir} could not be taken`);
  } finally {
    unlinkSync(own);
  }
}

/** Moves a lock nobody holds out of the way; one that was taken in this moment is put back. */
function putAside(file: string, own: string): void {
  const aside = `${own}.old`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const taken = read(aside);
  if (taken && alive(taken.pid) && (taken.started === undefined || startOf(taken.pid) === taken.started)) linkSync(aside, file);
  unlinkSync(aside);
}
