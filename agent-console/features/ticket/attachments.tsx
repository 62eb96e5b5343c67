import { Download, Paperclip, X } from 'lucide-react';
import { useTranslation } from '../../lib/i18n';
import type { Attachment } from '../../../protocol/messages';
import { fileSize } from '../../lib/format';
import { useManner } from '../../ui/time';
import type { Upload } from './uploads';

/** Files of a message; always downloads. */
export function Attachments({ files }: { files: Attachment[] }) {
  const { t } = useTranslation();
  const manner = useManner();
  if (files.length === 0) return null;
  return (
    <ul className="mt-2 flex flex-wrap gap-2" aria-label={t('files.label')}>
      {files.map((file) => (
        <li key={file.id}>
          <a href={file.url} download={file.name} className="flex h-8 max-w-64 items-center gap-2 rounded-md bg-surface px-2 text-sm ring-1 ring-line hover:bg-hover">
            <Download size={14} aria-hidden className="shrink-0 text-muted" /><span dir="auto" className="truncate">{file.name}</span><span className="shrink-0 text-xs text-muted">{fileSize(file.size, manner)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Files about to be sent, with what went wrong beside those that could not be uploaded. */
export function Uploads({ uploads, remove }: { uploads: Upload[]; remove: (key: string) => void }) {
  const { t } = useTranslation();
  const shown = uploads.filter((one) => !one.inside || one.attachment === null);
  if (shown.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2 px-3 pb-1" aria-label={t('files.label')}>
      {shown.map((one) => (
        <li key={one.key} className="flex h-7 max-w-72 items-center gap-2 rounded-md bg-sunken ps-2 text-sm">
          <Paperclip size={13} aria-hidden className="shrink-0 text-muted" /><span dir="auto" className="truncate">{one.name}</span>
          {one.problem ? <span className="truncate text-xs text-bad">{one.problem}</span> : one.attachment ? null : <progress value={one.share} max={1} aria-label={t('files.uploading', { name: one.name })} className="w-16" />}
          <button type="button" aria-label={t('files.remove', { name: one.name })} className="flex size-7 shrink-0 items-center justify-center text-muted hover:text-ink" onClick={() => remove(one.key)}><X size={13} /></button>
        </li>
      ))}
    </ul>
  );
}
