import { useMutation } from '@tanstack/react-query';
import { ImagePlus, ListTree, Paperclip } from 'lucide-react';
import { useRef } from 'react';
import type { Attachment } from '../../../protocol/messages';
import { withEveryPart } from '../../../protocol/article-parts';
import { upload } from '../../api/upload';
import { problemText } from '../../api/problem';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { toast } from '../../ui/toast';

const picture = /^image\/(?:png|jpeg|gif|webp)$/;
/** A picture stands in the text, any other file is a link with its name. */
const shown = ({ name, type, url }: Attachment): string => (picture.test(type) ? `![${name.replace(/\.\w+$/, '').replace(/[[\]]/g, '')}](${url})` : `[${name.replace(/[[\]]/g, '')}](${url})`);

/** Buttons above the source of an article: its four parts, a picture, a file. */
export function ArticleTools({ body, locale, write }: { body: string; locale: string; write: (body: string) => void }) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const add = useMutation({
    mutationFn: (file: File) => upload(file),
    onSuccess: (file) => write(`${body.trimEnd()}\n\n${shown(file)}\n`),
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  return (
    <div className="flex flex-wrap">
      <Button small look="quiet" onClick={() => write(withEveryPart(body, locale))}><ListTree size={14} aria-hidden />{t('knowledge.parts')}</Button>
      <Button small look="quiet" disabled={add.isPending} onClick={() => picker.current?.click()}><ImagePlus size={14} aria-hidden />{t('knowledge.picture')}</Button>
      <Button small look="quiet" disabled={add.isPending} onClick={() => files.current?.click()}><Paperclip size={14} aria-hidden />{t('knowledge.file')}</Button>
      <input ref={files} type="file" className="hidden" tabIndex={-1} aria-label={t('knowledge.file')} data-testid="article-file" onChange={(event) => { const [file] = event.target.files ?? []; if (file) add.mutate(file); event.target.value = ''; }} />
      <input ref={picker} type="file" accept="image/png,image/jpeg,image/gif,image/webp" className="hidden" tabIndex={-1} aria-label={t('knowledge.picture')} data-testid="article-picture" onChange={(event) => { const [file] = event.target.files ?? []; if (file) add.mutate(file); event.target.value = ''; }} />
    </div>
  );
}
