// Ours and its raw limit in the same run, round by round, so that a busy machine hurts both.
import { median } from './statistics';

export interface Contest {
  /** At least three. */
  rounds: number;
  /** One round of ours: answers its figure, such as operations per second. */
  ours: (round: number) => Promise<number>;
  /** One round of the raw limit, in the same unit. */
  limit: (round: number) => Promise<number>;
  /** Told after every round. */
  progress?: (text: string) => void;
}

export interface Verdict {
  /** Medians of the rounds. */
  ours: number;
  limit: number;
  /** Median of the rounds' own ratios, ours ÷ limit: what both did within the same moments. */
  ratio: number;
  rounds: { ours: number; limit: number }[];
}

/** A round to warm up that does not count, then the rounds; who begins changes every time. */
export async function interleaved({ rounds, ours, limit, progress }: Contest): Promise<Verdict> {
  if (rounds < 3) throw new Error('a median of fewer than three rounds says little');
  const done: { ours: number; limit: number }[] = [];
  for (let round = -1; round < rounds; round++) {
    const oursFirst = round % 2 === 0;
    const first = await (oursFirst ? ours : limit)(round);
    const second = await (oursFirst ? limit : ours)(round);
    if (round >= 0) done.push(oursFirst ? { ours: first, limit: second } : { ours: second, limit: first });
    progress?.(round < 0 ? 'warmed up' : `round ${round + 1} of ${rounds}`);
  }
  return {
    ours: median(done.map((one) => one.ours)), limit: median(done.map((one) => one.limit)),
    ratio: median(done.map((one) => one.ours / one.limit)), rounds: done,
  };
}
