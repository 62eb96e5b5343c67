import { z } from 'zod';
import type { Endpoint } from './endpoint';

/** Writes a text as it is told to. It has no tools and sees nothing but what it is given. */
export type Writer = (told: { rules: string; given: string }) => Promise<string>;

const reply = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) });
const within = 20_000;
const longest = 4000;

/** A writer behind an endpoint that answers POST /chat/completions like OpenAI's. */
export const endpointWriter = (endpoint: Endpoint, model: string): Writer => async ({ rules, given }) => {
  const { choices } = await endpoint({ path: '/chat/completions', body: { model, temperature: 0, max_tokens: 700, messages: [{ role: 'system', content: rules }, { role: 'user', content: given }] }, shape: reply, within });
  return (choices[0]?.message.content ?? '').slice(0, longest);
};
