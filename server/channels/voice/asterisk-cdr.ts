import type { CallRecord } from '../../../protocol';

const fields = ['accountcode', 'src', 'dst', 'dcontext', 'clid', 'channel', 'dstchannel', 'lastapp', 'lastdata', 'start', 'answer', 'end', 'duration', 'billsec', 'disposition', 'amaflags', 'uniqueid', 'userfield'] as const;
type Cdr = Record<(typeof fields)[number], string>;

const outcomes: Record<string, CallRecord['outcome']> = { ANSWERED: 'answered', 'NO ANSWER': 'missed', BUSY: 'busy', FAILED: 'failed', CONGESTION: 'failed' };

/** Splits one CSV line with double quotes. */
export function splitCsv(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let place = 0; place < line.length; place += 1) {
    const letter = line[place] ?? '';
    if (quoted && letter === '"' && line[place + 1] === '"') { cell += '"'; place += 1; }
    else if (letter === '"') quoted = !quoted;
    else if (letter === ',' && !quoted) { cells.push(cell); cell = ''; }
    else cell += letter;
  }
  return [...cells, cell];
}

/**
 * Reads lines of Asterisk's Master.csv (cdr_csv with uniqueid). Answers the calls and the numbers of lines that are none, from 1. Times in CDR
 * lines carry no zone: they are read in the zone of the settings.
 */
export function readCdr(text: string, timeZone: string): { calls: CallRecord[]; wrong: number[] } {
  const calls: CallRecord[] = [];
  const wrong: number[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '') return;
    const call = callOf(splitCsv(line), timeZone);
    if (call) calls.push(call);
    else wrong.push(index + 1);
  });
  return { calls, wrong };
}

function callOf(cells: string[], timeZone: string): CallRecord | null {
  if (cells.length < 16) return null;
  const cdr = Object.fromEntries(fields.map((name, index) => [name, cells[index]?.trim() ?? ''])) as Cdr;
  const startedAt = zoned(cdr.start, timeZone);
  const outcome = outcomes[cdr.disposition.toUpperCase()];
  if (!startedAt || !outcome || cdr.src === '' || cdr.dst === '') return null;
  const callId = cdr.uniqueid || `${cdr.start}-${cdr.src}-${cdr.dst}`;
  const voicemail = /voicemail/i.test(cdr.lastapp);
  const outgoing = cdr.src.length <= 5 && cdr.dst.length > 5;
  return { source: 'asterisk', callId, direction: outgoing ? 'out' : 'in', from: cdr.src.slice(0, 40), to: cdr.dst.slice(0, 40), startedAt, seconds: Math.max(0, Number.parseInt(cdr.billsec, 10) || 0), outcome: voicemail ? 'voicemail' : outcome, attributes: {} };
}

// The wall clock of a zone as a moment: the zone's offset at that moment is what it shows minus UTC.
function zoned(wall: string, timeZone: string): string | null {
  const found = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(wall);
  if (!found) return null;
  const utc = Date.parse(`${wall.replace(' ', 'T')}Z`);
  if (Number.isNaN(utc)) return null;
  return new Date(utc - offsetAt(utc - offsetAt(utc, timeZone), timeZone)).toISOString();
}

function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(at));
  return Date.parse(`${parts.replace(' ', 'T')}Z`) - at;
}
