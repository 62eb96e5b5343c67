import type { TargetSet, TicketTarget } from '../../protocol';
import { addOpen, openBetween, type MaybeCalendar } from './calendar';

/** Something that starts, stops or pauses a clock of a ticket. Times in epoch milliseconds. */
export interface Turn {
  at: number;
  what: 'opened' | 'customer' | 'agent' | 'new' | 'open' | 'pending' | 'on-hold' | 'solved' | 'closed';
}

/** One clock: when it ran. The last stretch has no end while it runs. */
export interface Track {
  kind: TicketTarget['kind'];
  startedAt: number;
  stretches: { from: number; to: number | null }[];
  endedAt: number | null;
}

/** What a clock says. */
export interface Clock extends Track {
  targetMs: number;
  usedMs: number;
  state: TicketTarget['state'];
  breached: boolean;
  /** When so much of the time is used, by percent; null: paused before that. */
  marks: Record<75 | 90 | 100, number | null>;
}

const running = new Set<Turn['what']>(['opened', 'new', 'open']);
const over = new Set<Turn['what']>(['solved', 'closed']);

/** The clocks a ticket's turns make, oldest first: one for the first answer, one for each next, one for the solution. */
export function tracksOf(turns: readonly Turn[]): Track[] {
  const tracks: Track[] = [];
  let answered = false;
  let status: Turn['what'] = 'new';
  const ofKind = (...kinds: Track['kind'][]): Track[] => tracks.filter((each) => kinds.includes(each.kind) && each.endedAt === null);
  for (const { at, what } of turns) {
    if (what === 'opened') tracks.push(started('resolution', at));
    else if (what === 'customer') {
      if (!over.has(status) && ofKind('first-response', 'next-response').length === 0) tracks.push(started(answered ? 'next-response' : 'first-response', at, running.has(status)));
    } else if (what === 'agent') {
      answered = true;
      ofKind('first-response', 'next-response').forEach((each) => end(each, at));
    } else {
      // Solved without a word is answered all the same.
      if (over.has(what)) {
        ofKind('first-response', 'next-response').forEach((each) => end(each, at));
        answered = true;
      }
      if (over.has(what)) ofKind('resolution').forEach((each) => end(each, at));
      else if (over.has(status)) tracks.filter((each) => each.kind === 'resolution').forEach((each) => { each.endedAt = null; });
      for (const each of tracks) if (each.endedAt === null) run(each, at, running.has(what));
      status = what;
    }
  }
  return tracks;
}

function started(kind: Track['kind'], at: number, runs = true): Track {
  return { kind, startedAt: at, stretches: runs ? [{ from: at, to: null }] : [], endedAt: null };
}

function run(track: Track, at: number, runs: boolean): void {
  const last = track.stretches.at(-1);
  const runsNow = last !== undefined && last.to === null;
  if (runs && !runsNow) track.stretches.push({ from: at, to: null });
  if (!runs && runsNow) last.to = at;
}

function end(track: Track, at: number): void {
  run(track, at, false);
  track.endedAt = at;
}

const targetFor: Record<Track['kind'], keyof TargetSet> = { 'first-response': 'firstResponse', 'next-response': 'nextResponse', resolution: 'resolution' };

/** What the clocks say at a moment; those without a target are left out, and of next answers only the last one is told. */
export function clocksOf(turns: readonly Turn[], { targets, calendar, now }: { targets: TargetSet; calendar: MaybeCalendar; now: number }): Clock[] {
  const tracks = tracksOf(turns);
  const told = tracks.filter((track) => track.kind !== 'next-response' || track === tracks.findLast((each) => each.kind === 'next-response'));
  return told.flatMap((track) => {
    const minutes = targets[targetFor[track.kind]];
    return minutes === null ? [] : [clockOf(track, { targetMs: minutes * 60_000, calendar, now })];
  });
}

function clockOf(track: Track, { targetMs, calendar, now }: { targetMs: number; calendar: MaybeCalendar; now: number }): Clock {
  const marks = { 75: reached(track, targetMs * 0.75, calendar), 90: reached(track, targetMs * 0.9, calendar), 100: reached(track, targetMs, calendar) };
  const until = track.endedAt ?? now;
  const breached = marks[100] !== null && marks[100] < until;
  const runsNow = track.stretches.at(-1)?.to === null;
  const ended = breached ? 'missed' as const : 'met' as const;
  const state = track.endedAt !== null ? ended : runsNow ? 'running' as const : 'paused' as const;
  const usedMs = track.stretches.reduce((sum, { from, to }) => sum + openBetween(calendar, from, to ?? now), 0);
  return { ...track, targetMs, usedMs, state, breached, marks };
}

// The moment at which so much open time has run; null when it stands still before that.
function reached(track: Track, milliseconds: number, calendar: MaybeCalendar): number | null {
  let left = milliseconds;
  for (const { from, to } of track.stretches) {
    const at = addOpen(calendar, from, left);
    if (at !== null && (to === null || at <= to)) return at;
    if (to === null) return null;
    left -= openBetween(calendar, from, to);
  }
  return null;
}
