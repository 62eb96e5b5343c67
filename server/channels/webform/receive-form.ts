import type { FormPost } from '../../../protocol';
import type { ChannelHost, Inbound } from '../channel';

/** Works on a stored form. */
export async function receiveForm(host: ChannelHost, raw: { content: Buffer; sourceId: string }): Promise<void> {
  const form = JSON.parse(raw.content.toString('utf8')) as FormPost;
  const { queueId } = await host.settings<{ queueId: string }>();
  await host.intake(inboundOf(form, { sourceId: raw.sourceId, queueId, now: host.ctx.clock.now() }));
}

function inboundOf(form: FormPost, { sourceId, queueId, now }: { sourceId: string; queueId: string; now: number }): Inbound {
  const answers = Object.entries(form.fields);
  const text = answers.length === 0 ? form.message : `${form.message}\n\n${answers.map(([name, value]) => `${name}: ${value}`).join('\n')}`;
  return {
    sourceId, kind: 'message', from: form.email ? { kind: 'email', value: form.email, name: form.name ?? '', verified: false } : { kind: 'external', value: `form:${sourceId}`, name: form.name ?? '', verified: false }, to: [], cc: [], subject: form.subject ?? '', text,
    html: null, replyText: null, attachments: [], call: null, at: new Date(now), locale: form.locale ?? null, thread: { references: [], forwarded: false }, automatic: false, bounce: null, spam: false,
    queue: queueId || null, handledBy: null, attributes: { form: form.form, ...form.fields }, clientId: null, rawBlobId: null,
  };
}
