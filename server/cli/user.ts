const valueOf = (args: string[], name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);

/** Adds somebody by mail address and prints the link with which they choose a password. Works beside a running server. */
export async function user([verb, email, name, ...rest]: string[]): Promise<number> {
  if (verb !== 'add' || !email || !name) throw new Error('Say: trunkline user add EMAIL "NAME" --role agent');
  // Loaded only when there is something to do: a usage line must not wait for the whole server.
  const [{ inviteAccount, theCompany }, { contextOf, system }, { withServices }] = await Promise.all([import('../access'), import('../kernel'), import('./with-services')]);
  const link = await withServices(async (services) => {
    const ctx = contextOf(services, (await theCompany(services))._id);
    return (await inviteAccount(ctx, system('command line'), { email, name, roles: [valueOf(rest, '--role') ?? 'agent'], teamId: null })).link;
  });
  process.stdout.write(`Send this link to ${email}; it works once, for seven days:\n  ${link}\n`);
  return 0;
}
