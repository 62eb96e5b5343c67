/** What the loops do: nothing yet, everything at random, or only ending what there is. */
export type Phase = 'wait' | 'storm' | 'finish';

/** What a person was told, or was about to ask for; written before the next step. */
export type Told =
  | { kind: 'arrived'; item: string }
  /** An agent was told that an item is theirs. */
  | { kind: 'own'; item: string; agent: string; since: number }
  /** Somebody is about to take an item from whoever has it, or everything from an agent; `call` names the end of it. */
  | { kind: 'release'; call: string; item?: string; agent?: string }
  | { kind: 'released'; call: string }
  | { kind: 'refused'; code: string }
  | { kind: 'fault'; text: string };

/** With the moment it was written, in milliseconds of the machine's clock. */
export type ToldAt = Told & { at: number };
