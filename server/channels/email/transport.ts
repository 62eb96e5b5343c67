import { createTransport, type Transporter } from 'nodemailer';
import type { Config, Ctx } from '../../kernel';
import { logInFor, type LogIn } from './access-token';
import type { MailboxDoc } from './mailbox.model';
import type { MailServer } from '../../../protocol';

const pools = new Map<string, { key: string; transport: Transporter }>();
// RFC 5321: a server may think for ten minutes about a mail it has heard; whoever hangs up before sends it twice.
const pooled = { pool: true, maxConnections: 3, maxMessages: 100, connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 610_000 } as const;

/** The way out of the installation: the configured mail server, else our own listener, which takes mail for the demo mailbox only. */
export function transportFor(config: Config): Transporter {
  const url = config.smtpRelayUrl ?? `smtp://127.0.0.1:${config.smtpPort}`;
  return poolOf('installation', url, () => createTransport({ url, ...pooled }) as Transporter);
}

/** The way out of a mailbox: its own server, else that of the installation. Throws what faultOf reads when it cannot log in. */
export async function transportOf(ctx: Ctx, box: MailboxDoc): Promise<Transporter> {
  const { smtp } = box;
  if (!smtp) return transportFor(ctx.config);
  const logIn = await logInFor(ctx, box);
  // A new token needs new connections.
  return poolOf(box._id, `${box.version} ${logIn.kind === 'token' ? logIn.accessToken : ''}`, () => createTransport({ ...smtpOptions(smtp, logIn), ...pooled }) as Transporter);
}

/** How nodemailer reaches a server. */
export function smtpOptions(server: MailServer, logIn: LogIn): Record<string, unknown> {
  const auth = logIn.kind === 'none' ? {} : { auth: logIn.kind === 'token' ? { type: 'OAuth2', user: server.user, accessToken: logIn.accessToken } : { user: server.user, pass: logIn.password } };
  return { host: server.host, port: server.port, secure: server.security === 'tls', requireTLS: server.security === 'starttls', ignoreTLS: server.security === 'none', ...auth };
}

function poolOf(id: string, key: string, open: () => Transporter): Transporter {
  const held = pools.get(id);
  if (held?.key === key) return held.transport;
  held?.transport.close();
  const transport = open();
  pools.set(id, { key, transport });
  return transport;
}

/** Closes every way out. */
export function closeTransport(): void {
  for (const { transport } of pools.values()) transport.close();
  pools.clear();
}

/** Whether trying again later is of no use: the server said that this mail is unwelcome for good. */
export function isLasting(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'responseCode' in error ? Number(error.responseCode) : 0;
  return code >= 500 && code < 600 && code !== 535;
}

/** Whether the server did not let us in; a token may have been withdrawn before its time. */
export const isRefusedLogIn = (error: unknown): boolean => typeof error === 'object' && error !== null && (('code' in error && error.code === 'EAUTH') || ('authenticationFailed' in error && error.authenticationFailed === true));
