// The trunkline command. Each sub-command is loaded when it is asked for, so that small ones start at once.
type Command = (args: string[]) => Promise<number>;

const commands: Record<string, { says: string; load(): Promise<Command> }> = {
  start: { says: 'start everything (npm start does the same after set-up)', load: async () => (await import('./start')).start },
  doctor: { says: 'check this machine and installation and say what to do', load: async () => (await import('./doctor')).doctor },
  user: { says: 'user add EMAIL NAME --role ROLE: add somebody and print a link', load: async () => (await import('./user')).user },
  mail: { says: 'mail parse [--batch]: read a raw mail on standard input', load: async () => (await import('./mail')).mail },
  knowledge: { says: 'knowledge search DOCS | classify --train FILE | import FOLDER | export FILE.zip', load: async () => (await import('./knowledge')).knowledge },
  simulate: { says: 'simulate --vectors FILE [--json FILE]: routing against exact reference values', load: async () => (await import('./simulate')).simulate },
  bench: { says: 'bench NAME [--quick] [--json FILE]: measure, next to the raw limit', load: async () => (await import('./bench')).bench },
  store: { says: 'store verify | store move --to MONGO_URL: check or move the embedded store', load: async () => (await import('./store')).store },
  backup: { says: 'backup FILE: copy the embedded store while it runs', load: async () => (await import('./store')).backup },
  restore: { says: 'restore FILE: put a backup back', load: async () => (await import('./store')).restore },
};

function usage(): string {
  return `Usage: trunkline COMMAND\n\n${Object.entries(commands).map(([name, { says }]) => `  ${name.padEnd(10)} ${says}`).join('\n')}\n`;
}

async function main([name, ...args]: string[]): Promise<number> {
  const command = name ? commands[name] : undefined;
  if (!command) {
    (name && name !== 'help' && name !== '--help' ? process.stderr : process.stdout).write(usage());
    return name && name !== 'help' && name !== '--help' ? 2 : 0;
  }
  return (await command.load())(args);
}

main(process.argv.slice(2)).then((code) => {
  if (code >= 0) process.exitCode = code;
}, (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
