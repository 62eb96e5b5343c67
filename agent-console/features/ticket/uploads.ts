import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import type { Attachment } from '../../../protocol/messages';
import { problemText } from '../../api/problem';
import { upload } from '../../api/upload';
import { uuid } from '../../lib/ids';
import type { Field } from './suggest';

/** A file on its way to the server. */
export interface Upload {
  key: string;
  name: string;
  attachment: Attachment | null;
  /** How far it has come, 0 to 1. */
  share: number;
  problem: string;
  /** It stands inside the text. */
  inside: boolean;
}

/** Uploads files as soon as they are chosen, pasted or dropped. */
export function useUploads() {
  const { t } = useTranslation();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const change = (key: string, to: Partial<Upload>) => setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)));
  const add = (files: Iterable<File>, show?: (attachment: Attachment) => void) => {
    for (const file of files) {
      const key = uuid();
      setUploads((all) => [...all, { key, name: file.name, attachment: null, share: 0, problem: '', inside: show !== undefined }]);
      upload(file, (share) => change(key, { share })).then((attachment) => {
        change(key, { attachment });
        show?.(attachment);
      }, (error: unknown) => change(key, { problem: problemText(t, error) }));
    }
  };
  /** Takes over files that are on the server already; `inside`: pictures among them stand in the text. */
  const adopt = (files: Attachment[], inside = false) => setUploads((all) => [...all, ...files.filter(({ id }) => !all.some((one) => one.attachment?.id === id)).map((attachment) => ({ key: attachment.id, name: attachment.name, attachment, share: 1, problem: '', inside: inside && attachment.inline }))]);
  return {
    uploads, add, adopt,
    remove: (key: string) => setUploads((all) => all.filter((one) => one.key !== key)),
    clear: () => setUploads([]),
    busy: uploads.some((one) => !one.attachment && !one.problem),
    /** Those that go along with a text: a picture taken out of it stays behind. */
    doneWith: (html: string) => uploads.flatMap(({ attachment, inside }) => (attachment && (!inside || html.includes(attachment.url)) ? [attachment] : [])),
  };
}

/** A picture goes where the caret is when the text is rich; everything else goes along below. */
export function addFiles(list: Iterable<File>, { files, rich, field }: { files: ReturnType<typeof useUploads>; rich: boolean; field: Field | null }): void {
  const all = [...list];
  const pictures = rich ? all.filter(({ type }) => /^image\/(png|jpeg|gif|webp)$/.test(type)) : [];
  files.add(all.filter((file) => !pictures.includes(file)));
  files.add(pictures, ({ url, name }) => field?.replace(0, '', `<img src="${url}" alt="${name.replace(/[&<>"]/g, ' ')}">`));
}
