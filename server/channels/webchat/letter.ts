import { z } from 'zod';
import { webchatEndpoints } from '../../../protocol';
import type { Channel, ChannelHost } from '../channel';
import type { WidgetSession } from './session.model';
import type { WebchatSettings } from './settings';

const { body } = webchatEndpoints.leave;
type Letter = z.output<typeof body & z.ZodType>;
const stored = z.object({ clientId: z.string(), email: z.string(), name: z.string().default(''), text: z.string(), locale: z.string().nullable(), page: z.string(), guideRun: z.string().default(''), session: z.string().default(''), brandId: z.string().default('') });

/** Keeps a letter, durably; it becomes a ticket in the background. The same clientId again has no second effect. */
export async function leaveLetter(host: ChannelHost, session: WidgetSession, letter: Letter): Promise<void> {
  const content = Buffer.from(JSON.stringify({ ...letter, locale: session.locale, page: session.page, brandId: session.brandId } satisfies z.input<typeof stored>));
  await host.accept({ sourceId: `letter:${session._id}:${letter.clientId}`, content, type: 'application/json' });
}

/** Works on a kept letter: a message from a mail address, answered by e-mail. What is no letter is dropped; it would not become one by trying again. */
export const receiveLetter: Channel['receive'] = async (host, { content, sourceId }) => {
  const letter = readLetter(content);
  if (!letter) return host.ctx.log.warn({ sourceId }, 'something that is no letter was dropped');
  const [{ queueId }, brand] = await Promise.all([host.settings<WebchatSettings>(), host.brand({ id: letter.brandId })]);
  await host.intake({
    sourceId, kind: 'message', from: { kind: 'email', value: letter.email, name: letter.name, verified: false }, to: [], cc: [], subject: '', text: letter.text, html: null, replyText: null, attachments: [], call: null,
    at: new Date(host.ctx.clock.now()), locale: letter.locale, thread: { references: [], forwarded: false }, automatic: false, bounce: null, spam: false, queue: brand?.queueId || queueId || null, handledBy: null,
    attributes: Object.fromEntries(Object.entries({ page: letter.page.slice(0, 500), guideRun: letter.guideRun, helpSession: letter.session }).filter(([, value]) => value !== '')), clientId: letter.clientId, rawBlobId: null,
  });
};

function readLetter(content: Buffer): z.output<typeof stored> | null {
  try {
    return stored.parse(JSON.parse(content.toString('utf8')));
  } catch {
    return null;
  }
}
