import { useState } from 'preact/hooks';
import type { Pending } from './thread';
import { newId } from './ids';

type Stored = Pending['attachments'][number];

export interface Upload {
  key: string;
  name: string;
  file?: Stored;
  error?: unknown;
}

/** Files chosen, pasted or dropped: uploaded at once, sent with the next message. */
export function useUploads(upload: (file: File) => Promise<Stored>) {
  const [all, set] = useState<Upload[]>([]);
  const change = (key: string, part: Partial<Upload>) => set((now) => now.map((one) => (one.key === key ? { ...one, ...part } : one)));
  return {
    all,
    done: all.flatMap((one) => one.file ?? []),
    busy: all.some((one) => !one.file && !one.error),
    add(files: FileList | null | undefined) {
      for (const file of [...(files ?? [])].slice(0, 10 - all.length)) {
        const key = newId();
        set((now) => [...now, { key, name: file.name }]);
        upload(file).then((stored) => change(key, { file: stored }), (error: unknown) => change(key, { error }));
      }
    },
    remove: (key: string) => set((now) => now.filter((one) => one.key !== key)),
    clear: () => set([]),
  };
}
