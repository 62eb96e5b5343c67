import DOMPurify from 'dompurify';
import { useMemo } from 'react';

/** HTML the server made of Markdown, cleaned once more. */
export function SafeHtml({ html }: { html: string }) {
  const clean = useMemo(() => DOMPurify.sanitize(html), [html]);
  return <div className="markdown text-md break-words" dangerouslySetInnerHTML={{ __html: clean }} />;
}
