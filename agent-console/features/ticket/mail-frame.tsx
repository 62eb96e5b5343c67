import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import { ImageOff } from 'lucide-react';
import { cx } from '../../lib/cx';
import { frameDocument, hasOwnLook, hasRemoteImages } from './mail-document';

const isDark = (): boolean => getComputedStyle(document.documentElement).colorScheme === 'dark' || (document.documentElement.dataset.theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);

/** A mail in a frame where no script runs; pictures from elsewhere wait until the reader asks, because fetching them tells the sender. */
export function MailFrame({ html, lang = '' }: { html: string; lang?: string | undefined }) {
  const { t } = useTranslation();
  const frame = useRef<HTMLIFrameElement>(null);
  const [images, setImages] = useState(false);
  const [height, setHeight] = useState(40);
  const paper = useMemo(() => hasOwnLook(html), [html]);
  const content = useMemo(() => frameDocument(html, { images, dark: !paper && isDark(), lang }), [html, images, paper, lang]);
  useEffect(() => {
    const element = frame.current;
    let observer: ResizeObserver | undefined;
    const measure = () => {
      const root = element?.contentDocument?.documentElement;
      if (!root) return;
      const fit = () => setHeight(Math.min(4000, Math.ceil(root.getBoundingClientRect().height)));
      fit();
      observer?.disconnect();
      observer = new ResizeObserver(fit);
      observer.observe(root);
    };
    element?.addEventListener('load', measure);
    measure();
    return () => {
      element?.removeEventListener('load', measure);
      observer?.disconnect();
    };
  }, [content]);
  return (
    <>
      {!images && hasRemoteImages(html) ? (
        <button type="button" className="mb-1 inline-flex min-h-6 items-center gap-1.5 rounded-sm text-sm text-muted hover:text-ink" onClick={() => setImages(true)}><ImageOff size={14} aria-hidden />{t('message.images')}</button>
      ) : null}
      <iframe ref={frame} title={t('message.frame')} sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" srcDoc={content} style={{ height, colorScheme: paper ? 'light' : undefined }}
        className={cx('block w-full border-0', paper && 'rounded-md bg-paper px-2')} />
    </>
  );
}
