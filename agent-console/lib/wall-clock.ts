const day = 86_400_000;

/** A moment on the clock of a zone (the browser's own without one), as fields for date and time write it: "2026-11-25T09:30". */
export function wallClock(at: Date, timeZone?: string): string {
  const shown = new Intl.DateTimeFormat('sv', { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(timeZone ? { timeZone } : {}) });
  return shown.format(at).replace(' ', 'T');
}

/** The moment when the clock of a zone shows this; an hour that a change of the clock leaves out counts from the time before it. */
export function momentOf(text: string, timeZone?: string): Date {
  const wanted = Date.parse(`${text}Z`);
  let moment = wanted;
  for (let round = 0; round < 2 && Number.isFinite(moment); round++) moment += wanted - Date.parse(`${wallClock(new Date(moment), timeZone)}Z`);
  return new Date(moment);
}

/** Nine in the morning in so many days, where the clock shows a zone's time. */
export function morningIn(days: number, timeZone?: string, now = new Date()): Date {
  const then = Date.parse(`${wallClock(now, timeZone).slice(0, 10)}T09:00Z`) + days * day;
  return momentOf(new Date(then).toISOString().slice(0, 16), timeZone);
}

/** Days until the next Monday, one to seven. */
export function daysToMonday(timeZone?: string, now = new Date()): number {
  return (8 - new Date(`${wallClock(now, timeZone)}Z`).getUTCDay()) % 7 || 7;
}
