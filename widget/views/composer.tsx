import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp, useStore } from '../frame/app';
import { useUploads } from '../frame/uploads';
import { CloseIcon, EmojiIcon, FileIcon, SendIcon } from './icons';

const TYPING_EVERY = 3000;
const EMOJI = ['🙂', '😀', '😂', '😉', '😍', '🤔', '😕', '😢', '😡', '🙏', '👍', '👎', '👏', '💪', '👋', '❤️', '🎉', '✅', '❌', '⭐'];

export function Composer() {
  const app = useApp();
  const { t, chat, store } = app;
  const draft = useStore((state) => state.draft);
  const rows = useStore((state) => state.thread.rows);
  const field = useRef<HTMLTextAreaElement>(null);
  const uploads = useUploads(chat.upload);
  const tell = useTyping(chat.typing);
  const change = (text: string) => {
    store.set({ draft: text });
    tell(text !== '');
  };

  const send = () => {
    const text = draft.trim();
    if (uploads.busy || (!text && uploads.done.length === 0)) return;
    // A message needs words: a file alone is named by them.
    const words = text || uploads.done.map((file) => file.name).join(', ');
    const topic = rows.length === 0 ? app.topic() ?? (store.get().question.trim() || undefined) : undefined;
    chat.send(words, uploads.done, topic);
    uploads.clear();
    change('');
    field.current?.focus();
  };

  const insert = (text: string) => {
    const at = field.current?.selectionEnd ?? draft.length;
    change(draft.slice(0, at) + text + draft.slice(at));
    field.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };

  return (
    <form class="composer" onSubmit={(event) => { event.preventDefault(); send(); }}
      onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); uploads.add(event.dataTransfer?.files); }}>
      <Chosen uploads={uploads} />
      <textarea ref={field} data-focus data-testid="tl-composer" dir="auto" rows={1} maxLength={20000} aria-label={t('writeMessage')} placeholder={t('writeMessage')}
        value={draft} onInput={(event) => change(event.currentTarget.value)} onKeyDown={onKeyDown} onBlur={() => tell(false)}
        onPaste={(event) => event.clipboardData?.files.length && (event.preventDefault(), uploads.add(event.clipboardData.files))} />
      <div class="tools">
        <label class="round" title={t('attach')}><FileIcon /><span class="hidden">{t('attach')}</span><input class="hidden" type="file" multiple data-testid="tl-file" onChange={(event) => { uploads.add(event.currentTarget.files); event.currentTarget.value = ''; }} /></label>
        <Emoji insert={insert} />
        <span class="grow" />
        <button type="submit" class="primary send" data-testid="tl-send" aria-label={t('send')} title={t('send')} disabled={uploads.busy || (!draft.trim() && uploads.done.length === 0)}><SendIcon /></button>
      </div>
    </form>
  );
}

/** Says that one types, every few seconds, and once when one stopped. */
function useTyping(say: (on: boolean) => void) {
  const told = useRef({ at: 0, timer: 0 });
  useEffect(() => () => clearTimeout(told.current.timer), []);
  return (on: boolean) => {
    const now = Date.now();
    clearTimeout(told.current.timer);
    if (on && now - told.current.at > TYPING_EVERY) {
      told.current.at = now;
      say(true);
    }
    const stop = () => {
      if (told.current.at > 0) say(false);
      told.current.at = 0;
    };
    if (on) told.current.timer = window.setTimeout(stop, TYPING_EVERY + 1000);
    else stop();
  };
}

function Chosen({ uploads }: { uploads: ReturnType<typeof useUploads> }) {
  const { t, sorry } = useApp();
  if (uploads.all.length === 0) return null;
  return (
    <ul class="chosen">
      {uploads.all.map((one) => (
        <li key={one.key} class={one.error ? 'fault' : ''}>
          <span class="grow" dir="auto">{one.name}</span>
          <span role="status">{one.error ? sorry(one.error) : one.file ? '' : t('uploading')}</span>
          <button type="button" class="round" aria-label={t('removeFile', { name: one.name })} onClick={() => uploads.remove(one.key)}><CloseIcon /></button>
        </li>
      ))}
    </ul>
  );
}

function Emoji({ insert }: { insert: (text: string) => void }) {
  const { t } = useApp();
  const [open, setOpen] = useState(false);
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    setOpen(false);
  };
  return (
    <span class="emoji" onKeyDown={leave}>
      <button type="button" class="round" aria-label={t('emoji')} aria-expanded={open} title={t('emoji')} onClick={() => setOpen(!open)}><EmojiIcon /></button>
      {open && <span class="palette" role="group" aria-label={t('emoji')}>{EMOJI.map((one) => <button type="button" key={one} onClick={() => { insert(one); setOpen(false); }}>{one}</button>)}</span>}
    </span>
  );
}
