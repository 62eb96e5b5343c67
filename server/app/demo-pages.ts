import { createTransport } from 'nodemailer';
import express, { type Request, type Response } from 'express';
import { z } from 'zod';
import { demoAddress, demoMails, type DemoMail } from '../channels/email';
import { badInput, type DomainMount, type RawRoutes, type Services } from '../kernel';
import { demoMailboxes } from './demo/people';
import { demoStyle, mailboxPage, mailboxScript, shopPage } from './demo/pages';

const customer = demoAddress('newcomer');
const letter = z.object({ to: z.enum(demoMailboxes.map((box) => box.address) as [string, ...string[]]), subject: z.string().trim().min(1).max(200), text: z.string().trim().min(1).max(10_000), inReplyTo: z.string().max(300).optional() });
const allowance = { points: 20, seconds: 60 };

/** The demo shop with the widget, and the mailbox of a demo customer: real SMTP both ways. Only while the demo is on. */
export function demoMount(services: Services): DomainMount {
  if (!services.config.demo) return {};
  const raw: RawRoutes = {
    mount(router) {
      router.get('/demo', (_request, response) => void response.type('html').send(shopPage()));
      router.get('/demo/style.css', (_request, response) => void response.type('css').send(demoStyle));
      router.get('/demo/mailbox.js', (_request, response) => void response.type('js').send(mailboxScript));
      router.get('/demo/mailbox', async (_request, response) => void response.type('html').send(mailboxPage({ customer, mails: await demoMails(customer) })));
      router.get('/demo/mailbox/mails', async (_request, response) => void response.json({ rows: (await demoMails(customer)).map(publicMail) }));
      router.post('/demo/mailbox', express.urlencoded({ extended: false, limit: '64kb' }), (request, response) => write(services, request, response));
    },
  };
  return { raw: [raw] };
}

const publicMail = (mail: DemoMail) => ({ id: mail._id, from: mail.from, subject: mail.subject, text: mail.text, at: mail.at.toISOString() });

async function write(services: Services, request: Request, response: Response): Promise<void> {
  await services.limits.take('demo-mail', request.ip ?? 'unknown', allowance);
  const parsed = letter.safeParse(request.body);
  if (!parsed.success) throw badInput(Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message])));
  const { to, subject, text, inReplyTo } = parsed.data;
  const transport = createTransport({ host: '127.0.0.1', port: services.config.smtpPort, secure: false, tls: { rejectUnauthorized: false } });
  await transport.sendMail({ from: { name: 'Nina Newcomer', address: customer }, to, subject, text, ...(inReplyTo ? { inReplyTo: `<${inReplyTo}>`, references: [`<${inReplyTo}>`] } : {}) });
  transport.close();
  response.redirect(303, '/demo/mailbox?sent=1');
}
