import { useEffect, useState } from 'preact/hooks';
import type { ChatMessage } from '../../protocol/webchat';
import { useApp } from '../frame/app';
import { DownloadIcon } from './icons';

type File = ChatMessage['attachments'][number];

const SHOWN = /^image\/(png|jpeg|gif|webp)$/;
const SMALL = 5_000_000;

export function sizeText(bytes: number, locale: string): string {
  const [unit, value] = bytes < 1_000_000 ? ['kilobyte', Math.max(1, bytes / 1000)] as const : ['megabyte', bytes / 1_000_000] as const;
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: unit === 'megabyte' ? 1 : 0 }).format(value);
}

export const Files = ({ files }: { files: File[] }) => (files.length ? <ul class="files">{files.map((file) => <li key={file.id}><Shown file={file} /></li>)}</ul> : null);

/** Files are fetched with the token in a header, so that no address carries it; pictures are shown, the rest is offered as a download. */
function Shown({ file }: { file: File }) {
  const { t, chat, locale } = useApp();
  const [picture, setPicture] = useState('');
  useEffect(() => {
    if (!SHOWN.test(file.type) || file.size > SMALL) return;
    let address = '';
    chat.file(file.url).then((blob) => setPicture(address = URL.createObjectURL(blob)), () => undefined);
    return () => URL.revokeObjectURL(address);
  }, [file.id]);
  const download = async () => {
    const blob = await chat.file(file.url).catch(() => null);
    if (!blob) return;
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: file.name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  return (
    <button type="button" class={picture ? 'picture' : 'file'} aria-label={t('download', { name: file.name })} onClick={() => void download()}>
      {picture
        ? <img src={picture} alt={file.name} onError={() => setPicture('')} />
        : <><DownloadIcon /><span class="grow" dir="auto">{file.name}</span><span class="quiet">{sizeText(file.size, locale)}</span></>}
    </button>
  );
}
