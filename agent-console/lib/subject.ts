import { readCallText } from '../../protocol/call-text';
import { stopwatch } from './format';
import type { Translate } from './i18n';

/** A subject as its reader says it: a call's is a sentence of ours, any other stays as it was written. */
export function subjectText(t: Translate, subject: string): string {
  const call = readCallText(subject);
  return call ? t(`call.said.${call.outcome}`, { kind: t(`call.kind.${call.direction}`), number: call.number, time: stopwatch(call.seconds) }) : subject;
}
