// A real IMAP server for one test file: dovecot as an ordinary process on loopback, with a folder of its own.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { projectFolder } from './build';
import { freePort } from './ports';
import { until } from './session';
import { tempFolder } from './temp';

export interface ImapServer {
  port: number;
  user: string;
  password: string;
  /** Puts a mail into the INBOX as a delivery agent would. */
  deliver(raw: string, user?: string): Promise<void>;
  /** Ends every connection and takes none until it is resumed. */
  stop(): Promise<void>;
}

interface Program {
  file: string;
  root: string;
}

function findDovecot(): Program {
  const given = process.env['DOVECOT_PATH'];
  if (given) return { file: given, root: '' };
  const own = join(projectFolder(), '.cache', 'dovecot');
  if (existsSync(join(own, 'usr', 'sbin', 'dovecot'))) return { file: join(own, 'usr', 'sbin', 'dovecot'), root: own };
  if (existsSync('/usr/sbin/dovecot')) return { file: '/usr/sbin/dovecot', root: '' };
  throw new Error('There is no dovecot for the mail tests: run "node scripts/setup.mjs test", which unpacks one.');
}

// The unpacked server looks for doveconf below /usr, so doveconf is started first, as the server would have done it.
function startOf({ file, root }: Program, config: string): [string, string[]] {
  const server = [file, '-F', '-c', config];
  return root === '' ? [file, server.slice(1)] : [join(root, 'usr', 'bin', 'doveconf'), ['-f', 'service=master', '-c', config, '-m', 'master', '-p', '-e', ...server]];
}

// Mails belong to nobody where the tests run as root, because dovecot refuses to keep root's.
const mailOwner = (): { uid: number; gid: number } => (userInfo().uid === 0 ? { uid: 65_534, gid: 65_534 } : { uid: userInfo().uid, gid: userInfo().gid });

// Its own name for everything it would otherwise run as users of the system.
function configOf(folder: string, port: number, root: string): string {
  const me = userInfo().username;
  const owner = mailOwner();
  const service = (name: string): string => `service ${name} {\n  chroot =\n}\n`;
  return [
    `base_dir = ${folder}/run`, `state_dir = ${folder}/state`, `libexec_dir = ${root}/usr/lib/dovecot`, `login_plugin_dir = ${root}/usr/lib/dovecot/modules/login`, `mail_plugin_dir = ${root}/usr/lib/dovecot/modules`, `auth_policy_server_url =`, 'listen = 127.0.0.1', 'protocols = imap', `default_internal_user = ${me}`, `default_internal_group = ${execFileSync('id', ['-gn']).toString().trim()}`, `default_login_user = ${me === 'root' ? 'nobody' : me}`,
    `log_path = ${folder}/log`, 'ssl = no', 'disable_plaintext_auth = no', `mail_location = maildir:${folder}/mail/%u`, 'first_valid_uid = 0', 'import_environment = TZ LD_LIBRARY_PATH', 'auth_failure_delay = 0', 'auth_mechanisms = plain login xoauth2 oauthbearer', 'mail_max_userip_connections = 100',
    `passdb {\n  driver = passwd-file\n  args = ${folder}/users\n}`, `passdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = ${folder}/oauth2.conf\n}`, `userdb {\n  driver = static\n  args = uid=${owner.uid} gid=${owner.gid} home=${folder}/home/%u\n}`,
    `service imap-login {\n  chroot =\n  inet_listener imap {\n    port = ${port}\n  }\n  inet_listener imaps {\n    port = 0\n  }\n}`, ...['anvil', 'stats', 'auth', 'imap'].map(service), `service stats {\n  chroot =\n}`,
  ].join('\n');
}

/** Starts it with the users given, all with the password "secret"; `tokens` is where it asks whose an access token is. */
export async function startImapServer({ users, tokens }: { users: string[]; tokens?: string }): Promise<ImapServer> {
  const folder = tempFolder('imap');
  const { file, root } = findDovecot();
  const port = await freePort();
  // The part that takes connections refuses to run as root and must reach its sockets.
  chmodSync(folder.path, 0o755);
  for (const name of ['run', 'state', 'mail', 'home']) mkdirSync(join(folder.path, name));
  for (const name of ['mail', 'home']) chownSync(join(folder.path, name), mailOwner().uid, mailOwner().gid);
  symlinkSync(join(root, 'usr', 'lib', 'dovecot', 'modules'), join(folder.path, 'run', 'modules'));
  writeFileSync(join(folder.path, 'users'), users.map((user) => `${user}:{PLAIN}secret::::::`).join('\n'));
  writeFileSync(join(folder.path, 'oauth2.conf'), `introspection_mode = auth\nintrospection_url = ${tokens ?? 'http://127.0.0.1:1/'}\nusername_attribute = email\n`);
  writeFileSync(join(folder.path, 'dovecot.conf'), configOf(folder.path, port, root));
  const path = ['usr/lib/dovecot', 'usr/lib/dovecot/modules/old-stats', 'usr/lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu'].map((part) => join(root, part)).join(':');
  const child = spawn(...startOf({ file, root }, join(folder.path, 'dovecot.conf')), { env: { ...process.env, ...(root === '' ? {} : { LD_LIBRARY_PATH: path }) }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  const end = (): void => void child.kill('SIGTERM');
  process.on('exit', end);
  await until('dovecot to listen', async () => {
    if (child.exitCode !== null) throw new Error(`dovecot ended: ${said}`);
    return listens(port);
  });
  const [user = ''] = users;
  return { port, user, password: 'secret', deliver: (raw, to = user) => append(port, to, raw), stop: async () => { process.off('exit', end); await ended(child); folder.remove(); } };
}

const listens = (port: number): Promise<true | null> => new Promise((resolve) => {
  const socket = createConnection({ port, host: '127.0.0.1' });
  socket.once('connect', () => { socket.destroy(); resolve(true); });
  socket.once('error', () => resolve(null));
});

async function append(port: number, user: string, raw: string): Promise<void> {
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth: { user, pass: 'secret' }, logger: false });
  client.on('error', () => undefined);
  await client.connect();
  await client.append('INBOX', raw.replace(/\r?\n/g, '\r\n'));
  await client.logout();
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
