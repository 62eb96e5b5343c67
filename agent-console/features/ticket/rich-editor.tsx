import { EditorContent, Node, useEditor, type Editor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { Bold, Code, Italic, Link as LinkIcon, List, ListOrdered, Quote, type LucideIcon } from 'lucide-react';
import { useEffect, useReducer } from 'react';
import { useTranslation } from '../../lib/i18n';
import type { Draft } from '../../lib/drafts';
import type { Field } from './suggest';
import { IconButton } from '../../ui/button';

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const paragraphs = (text: string): string => text.split(/\n{2,}/).map((part) => `<p>${escape(part).replace(/\n/g, '<br>')}</p>`).join('');

/** A picture that was uploaded: it stands in the text by its address with us. */
const Picture = Node.create({
  name: 'image', group: 'inline', inline: true, draggable: true,
  addAttributes: () => ({ src: { default: null }, alt: { default: '' } }),
  parseHTML: () => [{ tag: 'img[src^="/files/"]' }],
  renderHTML: ({ HTMLAttributes }) => ['img', HTMLAttributes],
});

interface Tool { name: string; icon: LucideIcon; active: string; run: (editor: Editor) => void }

const tools: Tool[] = [
  { name: 'rich.bold', icon: Bold, active: 'bold', run: (editor) => editor.chain().focus().toggleBold().run() },
  { name: 'rich.italic', icon: Italic, active: 'italic', run: (editor) => editor.chain().focus().toggleItalic().run() },
  { name: 'rich.list', icon: List, active: 'bulletList', run: (editor) => editor.chain().focus().toggleBulletList().run() },
  { name: 'rich.numbers', icon: ListOrdered, active: 'orderedList', run: (editor) => editor.chain().focus().toggleOrderedList().run() },
  { name: 'rich.quote', icon: Quote, active: 'blockquote', run: (editor) => editor.chain().focus().toggleBlockquote().run() },
  { name: 'rich.code', icon: Code, active: 'code', run: (editor) => editor.chain().focus().toggleCode().run() },
];

function useLinkTool(editor: Editor | null, ask: string): () => void {
  return () => {
    const address = window.prompt(ask, String(editor?.getAttributes('link').href ?? 'https://'));
    if (address === null) return;
    if (/^(https?:|mailto:)/.test(address)) editor?.chain().focus().setLink({ href: address }).run();
    else editor?.chain().focus().unsetLink().run();
  };
}

const textBefore = ({ state: { selection } }: Editor): string => (selection.empty ? selection.$from.parent.textBetween(0, selection.$from.parentOffset, '\n', ' ') : '');

function fieldOf(editor: Editor): Field {
  return {
    focus: () => void (editor.isDestroyed || editor.commands.focus('end')),
    replace(count, text, html) {
      if (editor.isDestroyed) return;
      const to = editor.state.selection.from;
      editor.chain().focus().deleteRange({ from: Math.max(0, to - count), to }).insertContent(html ?? (text.includes('\n') ? paragraphs(text) : escape(text))).run();
    },
  };
}

/** Rich text; loaded only when somebody wants it. Its text goes along for channels and readers without HTML. */
export function RichEditor({ draft, label, onWrite, onReady, onCaret }: { draft: Draft; label: string; onWrite: (change: Partial<Draft>) => void; onReady: (field: Field) => void; onCaret: (before: string) => void }) {
  const { t } = useTranslation();
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const made = useEditor({
    injectCSS: false,
    extensions: [StarterKit.configure({ heading: false, link: { openOnClick: false } }), Picture],
    content: draft.html || paragraphs(draft.text),
    editorProps: { attributes: { 'aria-label': label, 'data-testid': 'composer', role: 'textbox', 'aria-multiline': 'true', dir: 'auto', class: 'max-h-[36vh] overflow-y-auto text-md' } },
    onUpdate: ({ editor: changed }) => onWrite({ html: changed.isEmpty ? '' : changed.getHTML(), text: changed.getText({ blockSeparator: '\n\n' }) }),
    onTransaction: ({ editor: changed }) => {
      redraw();
      onCaret(changed.isFocused ? textBefore(changed) : '');
    },
  });
  // On a slow machine the first one is given up before it is shown, even between drawing and the effects below; another follows.
  const editor = made && !made.isDestroyed ? made : null;
  const link = useLinkTool(editor, t('rich.link-ask'));
  useEffect(() => {
    if (editor && !editor.isDestroyed) onReady(fieldOf(editor));
  }, [editor, onReady]);
  useEffect(() => {
    if (!editor || editor.isDestroyed || draft.html) return;
    if (draft.text !== editor.getText({ blockSeparator: '\n\n' })) editor.commands.setContent(paragraphs(draft.text), { emitUpdate: false });
  }, [editor, draft.text, draft.html]);
  return (
    <div>
      <div role="toolbar" aria-label={t('rich.toolbar')} className="-ms-1 mb-1 flex gap-0.5">
        {tools.map(({ name, icon: Icon, active, run }) => <IconButton key={name} small label={t(name)} aria-pressed={editor?.isActive(active) ?? false} onClick={() => editor && run(editor)}><Icon size={14} /></IconButton>)}
        <IconButton small label={t('rich.link')} aria-pressed={editor?.isActive('link') ?? false} onClick={link}><LinkIcon size={14} /></IconButton>
      </div>
      <EditorContent editor={editor} />
    </div>
  );
}
