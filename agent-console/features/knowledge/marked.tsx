import { Fragment } from 'react';

/** Text with the words asked for in bold. */
export function Marked({ text, marks }: { text: string; marks: [number, number][] }) {
  const parts: { from: number; text: string; bold: boolean }[] = [];
  let at = 0;
  for (const [from, to] of [...marks].sort((one, other) => one[0] - other[0])) {
    if (from < at || to <= from) continue;
    parts.push({ from: at, text: text.slice(at, from), bold: false }, { from, text: text.slice(from, to), bold: true });
    at = to;
  }
  parts.push({ from: at, text: text.slice(at), bold: false });
  return parts.map((part) => (part.bold ? <strong key={part.from} className="font-semibold text-soft">{part.text}</strong> : <Fragment key={`t${part.from}`}>{part.text}</Fragment>));
}
