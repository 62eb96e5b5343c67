import { problems, type Problem, type ProblemCode, type ProblemParams } from '../../protocol';

/** A refusal: expected, explained, shown to people. Anything else that is thrown is a bug. */
export class ProblemError extends Error {
  readonly fields: Record<string, string> | undefined;

  constructor(readonly code: ProblemCode, readonly params: ProblemParams = {}, fields?: Record<string, string>) {
    super(problems[code][1]);
    this.fields = fields;
  }

  get status(): number {
    return problems[this.code][0];
  }
}

/** Makes a refusal to throw. */
export const problem = (code: ProblemCode, params?: ProblemParams): ProblemError => new ProblemError(code, params);

/** The refusal of wrong input: field path → sentence. */
export const badInput = (fields: Record<string, string>): ProblemError => new ProblemError('bad-input', {}, fields);

/** The RFC 9457 document for whatever was thrown; bugs say nothing about themselves. */
export function problemDocument(error: unknown, requestId?: string): Problem {
  const code = error instanceof ProblemError ? error.code : codeOfForeign(error);
  const [status, title] = problems[code];
  const document: Problem = { type: `urn:trunkline:problem:${code}`, title, status, code };
  if (requestId) document.requestId = requestId;
  if (!(error instanceof ProblemError)) return document;
  if (Object.keys(error.params).length > 0) document.params = error.params;
  if (error.fields) {
    document.fields = error.fields;
    document.detail = Object.entries(error.fields).map(([field, why]) => `${field}: ${why}`).join('; ');
  }
  return document;
}

// Express' body parser throws errors of its own with a status.
function codeOfForeign(error: unknown): ProblemCode {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (status === 413) return 'too-large';
  return status === 400 || status === 415 ? 'bad-input' : 'internal';
}
