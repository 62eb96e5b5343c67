import { createTransport, type Transporter } from 'nodemailer';
import type { Config } from '../../kernel';

let open: { url: string; transport: Transporter } | undefined;

/** The way out: the configured mail server, else our own listener, which takes mail for the demo mailbox only. */
export function transportFor(config: Config): Transporter {
  const url = config.smtpRelayUrl ?? `smtp://127.0.0.1:${config.smtpPort}`;
  if (open?.url === url) return open.transport;
  open?.transport.close();
  const transport = createTransport(url, {}) as Transporter;
  open = { url, transport };
  return transport;
}

/** Closes the way out. */
export function closeTransport(): void {
  open?.transport.close();
  open = undefined;
}

/** Whether trying again later can help: not after the server said that this mail is unwelcome for good. */
export function isLasting(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'responseCode' in error ? Number(error.responseCode) : 0;
  return code >= 500 && code < 600;
}
