import type { Hours } from '../../../protocol/service-levels';

type Spans = Hours['week'][number];
type Overrides = Hours['overrides'];

/** "09:00-12:00, 13:00-17:00"; empty for closed. */
export const writeSpans = (spans: Spans): string => spans.map(({ from, to }) => `${from}-${to}`).join(', ');

const clock = (text: string): string => {
  const [hours = '', minutes = '00'] = text.trim().split(':');
  return `${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}`;
};

/** The same back; hours may stand alone, as in "9-17". What is no time is left for the server to refuse. */
export const readSpans = (text: string): Spans => text.split(/[,;]/).map((part) => part.trim()).filter(Boolean).map((part) => {
  const [from = '', to = ''] = part.split(/\s*[-–]\s*/);
  return { from: clock(from), to: clock(to) };
});

/** A line per day: date, open times, a colon, why. */
export const writeOverrides = (overrides: Overrides): string => overrides.map(({ date, name, spans }) => `${date} ${writeSpans(spans) || '-'} ${name}`).join('\n');

/** The same back: "2026-12-24 9-12 Christmas Eve", "2026-12-31 - Closed". */
export const readOverrides = (text: string): Overrides => text.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => {
  const [, date = '', spans = '', name = ''] = /^(\S+)\s+((?:[\d:]+\s*[-–]\s*[\d:]+(?:\s*,\s*)?)+|-)\s*(.*)$/.exec(line) ?? ['', line.split(/\s+/)[0], '-', line];
  return { date, name: name.trim() || date, spans: spans === '-' ? [] : readSpans(spans) };
});
