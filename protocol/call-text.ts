// A call has no subject of its own: its ticket is called by what became of the call, in one sentence, which the console says in the reader's language.
import type { Message } from './messages';

type Outcome = NonNullable<Message['call']>['outcome'];

/** What became of a call: who is the other side, how long it was. */
export interface CallSaid {
  direction: 'in' | 'out';
  /** Number of the other side. */
  number: string;
  outcome: Outcome;
  /** Talk time in seconds; 0 where nobody talked. */
  seconds: number;
}

const lengthOf = (seconds: number): string => [seconds >= 60 ? `${Math.floor(seconds / 60)} min` : '', seconds % 60 > 0 || seconds < 60 ? `${seconds % 60} s` : ''].filter(Boolean).join(' ');

/** The sentence, such as "Missed call from +351912345678". */
export function callText({ direction, number, outcome, seconds }: CallSaid): string {
  const who = `${direction === 'in' ? 'from' : 'to'} ${number}`;
  return { answered: `Call ${who}, ${lengthOf(seconds)}`, voicemail: `Voicemail ${who}, ${lengthOf(seconds)}`, missed: `Missed call ${who}`, busy: `Call ${who}: busy`, failed: `Call ${who}: not put through` }[outcome];
}

const sentence = /^(Call|Voicemail|Missed call) (from|to) ([^,:]+?)(?:, (?:(\d+) min ?)?(?:(\d+) s)?|: (busy|not put through))?$/;

/** What such a sentence says; null for any other text. */
export function readCallText(text: string): CallSaid | null {
  const [, kind, way, number = '', minutes = 0, rest = 0, end] = sentence.exec(text) ?? [];
  const outcome = end === 'busy' ? 'busy' : end ? 'failed' : kind === 'Voicemail' ? 'voicemail' : kind === 'Call' ? 'answered' : 'missed';
  const said: CallSaid = { direction: way === 'from' ? 'in' : 'out', number, outcome, seconds: Number(minutes) * 60 + Number(rest) };
  return kind && callText(said) === text ? said : null;
}
