import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import type { Attachment } from '../../../protocol/messages';
import { upload } from '../../api/call';
import { problemText } from '../../api/problem';
import { uuid } from '../../lib/ids';

/** A file on its way to the server. */
export interface Upload {
  key: string;
  name: string;
  attachment: Attachment | null;
  problem: string;
}

/** Uploads files as soon as they are chosen, pasted or dropped. */
export function useUploads() {
  const { t } = useTranslation();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const change = (key: string, to: Partial<Upload>) => setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)));
  const add = (files: Iterable<File>) => {
    for (const file of files) {
      const key = uuid();
      setUploads((all) => [...all, { key, name: file.name, attachment: null, problem: '' }]);
      upload(file).then((attachment) => change(key, { attachment }), (error: unknown) => change(key, { problem: problemText(t, error) }));
    }
  };
  return {
    uploads, add,
    remove: (key: string) => setUploads((all) => all.filter((one) => one.key !== key)),
    clear: () => setUploads([]),
    busy: uploads.some((one) => !one.attachment && !one.problem),
    done: uploads.flatMap((one) => (one.attachment ? [one.attachment] : [])),
  };
}
