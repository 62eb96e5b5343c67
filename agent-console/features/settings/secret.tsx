import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../lib/i18n';
import { Button } from '../../ui/button';

/** Something to be copied, e.g. a link, a key or a piece of code. */
export function Secret({ value, label, block = false }: { value: string; label: string; block?: boolean }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard?.writeText(value).then(() => setCopied(true));
  return (
    <div className="flex items-start gap-2">
      {block ? <pre dir="ltr" aria-label={label} tabIndex={0} className="min-w-0 flex-1 rounded-md bg-sunken px-3 py-[7px] font-mono text-sm break-words whitespace-pre-wrap">{value}</pre> : <input readOnly dir="ltr" aria-label={label} value={value} onFocus={(event) => event.target.select()} className="h-8 min-w-0 flex-1 rounded-md bg-sunken px-3 font-mono text-sm" />}
      <Button onClick={copy}>{copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}{t(copied ? 'done.copied' : 'copy-it')}</Button>
    </div>
  );
}
