import { badInput } from '../kernel';

/** Throws bad-input unless it is a time zone this machine knows. */
export function demandTimeZone(timeZone: string | undefined): void {
  if (timeZone === undefined) return;
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw badInput({ timeZone: 'must be an IANA time zone such as Europe/Lisbon' });
  }
}
