import { createHash } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import { channelEndpoints, type FormPost } from '../../../protocol';
import { badInput } from '../../kernel';
import type { ChannelHost, HostFor } from '../channel';

const allowance = { points: 10, seconds: 60 };
// People do not see this field; programs that fill in everything do.
const honeypot = 'website';
const known = new Set(['name', 'email', 'subject', 'message', 'locale', 'submissionId', 'returnTo', honeypot]);

/** Stores a form once per submission (or per content and minute when it names none); resolves when it is safe. */
export async function acceptForm(host: ChannelHost, form: FormPost, address: string): Promise<{ duplicate: boolean }> {
  await host.ctx.limits.take('form', `${host.ctx.companyId}:${address}`, allowance);
  const minute = Math.floor(host.ctx.clock.now() / 60_000);
  const submission = form.submissionId ?? createHash('sha256').update(`${minute}\n${JSON.stringify(form)}`).digest('base64url');
  return host.accept({ sourceId: `${form.form}:${submission}`, content: Buffer.from(JSON.stringify(form)), type: 'application/json' });
}

/** POST /forms/:form of a plain HTML form, without scripts. */
export function mountFormRoutes(router: Router, hostFor: HostFor): void {
  router.post('/forms/:form', express.urlencoded({ extended: false, limit: '256kb' }), async (request: Request, response: Response) => {
    const host = await hostFor(request);
    const input = (typeof request.body === 'object' && request.body !== null ? request.body : {}) as Record<string, unknown>;
    if (typeof input[honeypot] === 'string' && input[honeypot] !== '') return thank(request, response, input);
    await acceptForm(host, readForm(String(request.params['form']), input), request.ip ?? 'unknown');
    thank(request, response, input);
  });
}

function readForm(form: string, input: Record<string, unknown>): FormPost {
  const texts = Object.fromEntries(Object.entries(input).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''));
  const fields = Object.fromEntries(Object.entries(texts).filter(([name]) => !known.has(name)));
  const named = Object.fromEntries(Object.entries(texts).filter(([name]) => ['name', 'email', 'subject', 'message', 'locale', 'submissionId'].includes(name)));
  const parsed = channelEndpoints.form.body?.safeParse({ form, ...named, fields });
  if (!parsed?.success) throw badInput(Object.fromEntries((parsed?.error.issues ?? []).map((issue) => [issue.path.join('.'), issue.message])));
  return parsed.data;
}

// Only back to a page of the site the form was on: anything else would be an open redirect.
function thank(request: Request, response: Response, input: Record<string, unknown>): void {
  const { returnTo } = input;
  const referer = request.headers.referer;
  if (typeof returnTo === 'string' && referer && URL.canParse(returnTo, referer) && new URL(returnTo, referer).origin === new URL(referer).origin) return response.redirect(303, new URL(returnTo, referer).href);
  response.type('html').send('<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Thank you</title><main><h1>Thank you</h1><p>Your message has arrived. We answer by e-mail.</p></main></html>');
}
