import { useRef, type ReactNode } from 'react';
import { Button } from './button';

interface FileButtonProps {
  label: string;
  children: ReactNode;
  /** Kinds of files, as an input's accept. */
  accept?: string;
  /** A whole folder instead of one file. */
  folder?: boolean;
  disabled?: boolean;
  testId?: string;
  onPick: (files: File[]) => void;
}

/** A button that asks for a file or a folder; the browser's own field stays out of sight. */
export function FileButton({ label, children, accept, folder = false, disabled = false, testId, onPick }: FileButtonProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button small disabled={disabled} onClick={() => picker.current?.click()}>{children}</Button>
      <input ref={picker} type="file" className="hidden" tabIndex={-1} aria-label={label} {...(accept ? { accept } : {})} {...(folder ? { multiple: true, webkitdirectory: '' } : {})} {...(testId ? { 'data-testid': testId } : {})}
        onChange={(event) => { const files = [...(event.target.files ?? [])]; event.target.value = ''; if (files.length > 0) onPick(files); }} />
    </>
  );
}
