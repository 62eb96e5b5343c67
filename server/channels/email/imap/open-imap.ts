import { ImapFlow } from 'imapflow';
import type { MailServer } from '../../../../protocol';
import type { LogIn } from '../access-token';

/** Connects and logs in; the caller closes it. Throws what faultOf reads. */
export async function openImap(server: MailServer, logIn: LogIn): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: server.host, port: server.port, secure: server.security === 'tls', doSTARTTLS: server.security === 'starttls', logger: false, disableAutoIdle: true, connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 300_000, maxIdleTime: 240_000,
    auth: logIn.kind === 'token' ? { user: server.user, accessToken: logIn.accessToken } : { user: server.user, pass: logIn.kind === 'password' ? logIn.password : '' },
  });
  // What breaks later ends whatever is being waited for; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    // The library leaves the line open when the server refuses the log-in.
    client.close();
    throw error;
  }
  return client;
}
