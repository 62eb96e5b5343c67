/** Begins so many pieces of work a second, whether earlier ones are done or not, and waits for all. Those that fail are answered as errors. */
export async function paced({ perSecond, total }: { perSecond: number; total: number }, work: (n: number) => Promise<void>): Promise<Error[]> {
  const begin = performance.now();
  const under: Promise<void>[] = [];
  const failed: Error[] = [];
  for (let n = 0; n < total; n += 1) {
    const wait = begin + (n * 1000) / perSecond - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    under.push(work(n).catch((error: unknown) => void failed.push(error instanceof Error ? error : new Error(String(error)))));
  }
  await Promise.all(under);
  return failed;
}
