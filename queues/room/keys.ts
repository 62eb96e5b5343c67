/** The room's head: open or not, generation, epoch, counters. Everything else hangs below `roomPrefix`; all in the company's hash slot. */
export function roomKey(companyId: string): string {
  return `{t:${companyId}}:room`;
}

/** Prefix of one generation of the room's keys; a rebuild starts the next generation. */
export function roomPrefix(companyId: string, generation: string): string {
  return `${roomKey(companyId)}:${generation}:`;
}
