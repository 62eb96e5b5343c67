import type { Translate } from '../lib/i18n';
import { problems, type Problem, type ProblemCode } from '../../protocol/problems';

/** A refusal of the server, or `network` when it could not be reached at all. */
export class ProblemError extends Error {
  readonly code: ProblemCode | 'network';
  readonly status: number;
  readonly params: NonNullable<Problem['params']>;
  readonly fields: Record<string, string>;

  constructor(problem: Partial<Omit<Problem, 'code'>> & { code: ProblemCode | 'network' }) {
    super(problem.code);
    this.code = problem.code;
    this.status = problem.status ?? 0;
    this.params = problem.params ?? {};
    this.fields = problem.fields ?? {};
  }
}

/** Makes a ProblemError of an answer that was not 2xx, whatever its body is. */
export function problemFrom(status: number, body: unknown): ProblemError {
  const given = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {};
  const code = given.code && given.code in problems ? given.code : 'internal';
  return new ProblemError({ ...given, code, status });
}

/** The sentence for people. */
export function problemText(t: Translate, error: unknown): string {
  if (error instanceof ProblemError) return t(`problem.${error.code}`, error.params);
  return t('problem.internal');
}

/** Whether trying the very same again may help: the network was away, the server is starting, or it still works on the first try. */
export const isPassing = (error: unknown): boolean => error instanceof ProblemError && ['network', 'starting', 'still-running'].includes(error.code);
