import type { StoredState } from '../roster/agent';
import type { AssignedBy, Decision, Outcome, RefusalCode, ReleaseReason, WithdrawReason } from './decisions';

type Raw = readonly (string | number)[];

/** Reads the fields of one decision in order. */
class Fields {
  private at = 1;
  constructor(private readonly raw: Raw) {}
  text(): string { return String(this.raw[this.at++] ?? ''); }
  number(): number { return Number(this.raw[this.at++] ?? 0); }
  flag(): boolean { return this.number() === 1; }
  about(): { itemId: string; itemVersion: number } { return { itemId: this.text(), itemVersion: this.number() }; }
}

type Reader = (f: Fields) => Decision;
const readers: Readonly<Record<Decision['kind'], Reader>> = {
  offer: (f) => ({
    kind: 'offer', ...f.about(), offerId: f.text(), agentId: f.text(), queueId: f.text(), ring: f.number(), at: f.number(),
    expiresAt: f.number(), roster: f.number(), preferred: f.flag(), putsAside: f.flag(),
  }),
  assigned: (f) => ({ kind: 'assigned', ...f.about(), agentId: f.text(), offerId: f.text(), by: f.text() as AssignedBy, at: f.number() }),
  withdrawn: (f) => ({ kind: 'withdrawn', ...f.about(), offerId: f.text(), agentId: f.text(), why: f.text() as WithdrawReason, at: f.number() }),
  declined: (f) => ({ kind: 'declined', ...f.about(), offerId: f.text(), agentId: f.text(), coolDownUntil: f.number(), at: f.number() }),
  expired: (f) => ({ kind: 'expired', ...f.about(), offerId: f.text(), agentId: f.text(), coolDownUntil: f.number(), notResponding: f.flag(), at: f.number() }),
  queued: (f) => ({ kind: 'queued', ...f.about(), ring: f.number(), keptFor: f.text(), at: f.number() }),
  relaxed: (f) => ({ kind: 'relaxed', ...f.about(), ring: f.number(), at: f.number() }),
  released: (f) => ({ kind: 'released', ...f.about(), agentId: f.text(), why: f.text() as ReleaseReason, at: f.number() }),
  requeued: (f) => ({ kind: 'requeued', ...f.about(), offerId: f.text(), agentId: f.text(), at: f.number() }),
  left: (f) => ({ kind: 'left', ...f.about(), why: f.text(), at: f.number() }),
  'handed-over': (f) => ({ kind: 'handed-over', ...f.about(), offerId: f.text(), fromAgentId: f.text(), agentId: f.text(), at: f.number() }),
  done: (f) => ({ kind: 'done', ...f.about(), agentId: f.text(), at: f.number() }),
  asleep: (f) => ({ kind: 'asleep', ...f.about(), agentId: f.text(), at: f.number() }),
  woken: (f) => ({ kind: 'woken', ...f.about(), agentId: f.text(), exceeds: f.flag(), at: f.number() }),
  'wake-waits': (f) => ({ kind: 'wake-waits', ...f.about(), agentId: f.text(), at: f.number() }),
  state: (f) => ({ kind: 'state', agentId: f.text(), state: f.text() as StoredState, roster: f.number(), at: f.number() }),
};

/** What the script answered: [code, detail, decisions]. Throws when it broke off: the room is shut then, and rebuilt before the next call. */
export function decodeOutcome(reply: unknown): Outcome {
  const [code, detail, rows] = reply as [string, string | number, Raw[]];
  if (code === 'broken') throw new Error(`The waiting room's script broke off and the room is rebuilt: ${detail}`);
  const decisions = rows.map((raw) => readers[String(raw[0]) as Decision['kind']](new Fields(raw)));
  return code === '' ? { ok: true, decisions } : { ok: false, code: code as RefusalCode, detail: String(detail), decisions };
}
