const valueOf = (args: string[], name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);

/** Searches a file of documents, or classifies requests after training on a file. */
export async function knowledge([verb, ...args]: string[]): Promise<number> {
  if (verb === 'search' && args[0]) {
    const { runSearchCommand } = await import('../knowledge/search/search-command');
    await runSearchCommand({ docsPath: args.at(-1) ?? args[0], stdin: process.stdin, stdout: process.stdout });
    return 0;
  }
  const trainPath = valueOf(args, '--train');
  if (verb === 'classify' && trainPath) {
    const { runClassifyCommand } = await import('../knowledge/classify/classify-command');
    await runClassifyCommand({ trainPath, stdin: process.stdin, stdout: process.stdout });
    return 0;
  }
  throw new Error('Say: trunkline knowledge search DOCS, or trunkline knowledge classify --train FILE');
}
