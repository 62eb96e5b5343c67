import { useMutation } from '@tanstack/react-query';
import { ImagePlus, ListTree } from 'lucide-react';
import { useRef } from 'react';
import { upload } from '../../api/upload';
import { problemText } from '../../api/problem';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';
import { toast } from '../../ui/toast';

// Headings of an article in the article's language, whoever writes it.
const headings: Record<string, readonly string[]> = { en: ['Issue', 'Environment', 'Cause', 'Resolution'], ko: ['문제', '환경', '원인', '해결'], zh: ['问题', '环境', '原因', '解决办法'], ja: ['問題', '環境', '原因', '解決'], de: ['Problem', 'Umgebung', 'Ursache', 'Lösung'], es: ['Problema', 'Entorno', 'Causa', 'Solución'], fr: ['Problème', 'Environnement', 'Cause', 'Solution'], pt: ['Problema', 'Ambiente', 'Causa', 'Solução'] };

/** The text with the four parts of an article; what is there already stays and becomes the first part. */
export function withParts(body: string, locale: string): string {
  const names = headings[locale.split('-')[0] ?? ''] ?? headings['en'] ?? [];
  const missing = names.filter((name) => !new RegExp(`^#{1,3}\\s*${name}\\s*$`, 'mi').test(body));
  const text = body.trim();
  if (missing.length < names.length) return [text, ...missing.map((name) => `## ${name}\n`)].join('\n\n');
  return names.map((name, index) => `## ${name}\n${index === 0 ? text : ''}`).join('\n\n');
}

/** Buttons above the source of an article: its four parts, and a picture. */
export function ArticleTools({ body, locale, write }: { body: string; locale: string; write: (body: string) => void }) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const add = useMutation({
    mutationFn: (file: File) => upload(file),
    onSuccess: (file) => write(`${body.trimEnd()}\n\n![${file.name.replace(/\.\w+$/, '').replace(/[[\]]/g, '')}](${file.url})\n`),
    onError: (error) => toast(problemText(t, error), { bad: true }),
  });
  return (
    <div className="flex flex-wrap gap-2">
      <Button small look="quiet" onClick={() => write(withParts(body, locale))}><ListTree size={14} aria-hidden />{t('knowledge.parts')}</Button>
      <Button small look="quiet" disabled={add.isPending} onClick={() => picker.current?.click()}><ImagePlus size={14} aria-hidden />{t('knowledge.picture')}</Button>
      <input ref={picker} type="file" accept="image/png,image/jpeg,image/gif,image/webp" className="hidden" tabIndex={-1} aria-label={t('knowledge.picture')} data-testid="article-picture" onChange={(event) => { const [file] = event.target.files ?? []; if (file) add.mutate(file); event.target.value = ''; }} />
    </div>
  );
}
