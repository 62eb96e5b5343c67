const endings = { SIGTERM: 143, SIGINT: 130, SIGHUP: 129 } as const;

/** Calls back once with the exit code when somebody ends this process; it is then up to whoever asked to clear away and leave. Answers how to take that back. */
export function onEnding(leave: (code: number) => void): () => void {
  const heard = Object.entries(endings).map(([signal, code]) => ({ signal, hear: () => { forget(); leave(code); } }));
  const forget = (): void => { for (const { signal, hear } of heard) process.off(signal, hear); };
  for (const { signal, hear } of heard) process.on(signal, hear);
  return forget;
}
