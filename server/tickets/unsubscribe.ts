import express, { type Request, type Response } from 'express';
import { model } from 'mongoose';
import { contextOf, houseSchema, isSigned, newId, problem, sign, type Ctx, type RawRoutes } from '../kernel';

/** An address that wants no reminders. */
interface Unsubscribed {
  _id: string;
  companyId: string;
  value: string;
  at: Date;
}

const schema = houseSchema<Unsubscribed>({ value: { type: String, required: true }, at: { type: Date, required: true } }, { collection: 'unsubscribed' });
schema.index({ companyId: 1, value: 1 }, { unique: true });
const UnsubscribedModel = model<Unsubscribed>('Unsubscribed', schema);

const purpose = 'unsubscribe';
const named = (companyId: string, address: string): string => `${companyId}.${Buffer.from(address.toLowerCase()).toString('base64url')}`;

/** Where an address says, without logging in, that it wants no reminders (RFC 8058). */
export const unsubscribeUrl = (ctx: Ctx, address: string): string => `${ctx.publicUrl}/unsubscribe/${named(ctx.companyId, address)}.${sign(ctx.secrets, purpose, named(ctx.companyId, address))}`;

/** Whether an address wants no reminders. */
export const hasUnsubscribed = async (ctx: Ctx, address: string): Promise<boolean> => (await UnsubscribedModel.exists({ companyId: ctx.companyId, value: address.toLowerCase() })) !== null;

/** Notes that whoever holds the token wants no reminders; again has no effect. Throws not-found for a token we did not make. */
export async function unsubscribe(ctx: Ctx, token: string): Promise<void> {
  const [companyId = '', address = '', signature = ''] = token.split('.');
  if (!isSigned(ctx.secrets, purpose, { text: `${companyId}.${address}`, signature })) throw problem('not-found');
  const value = Buffer.from(address, 'base64url').toString();
  await UnsubscribedModel.updateOne({ companyId, value }, { $setOnInsert: { _id: newId(), at: new Date(ctx.clock.now()) } }, { upsert: true });
}

const words: Record<string, { ask: string; button: string; done: string }> = {
  en: { ask: 'Do you want no more reminders about your requests?', button: 'No more reminders', done: 'You will get no more reminders. Answers to what you write still reach you.' },
  ko: { ask: '문의에 대한 알림 메일을 더 이상 받지 않으시겠습니까?', button: '알림 받지 않기', done: '알림을 더 이상 보내지 않습니다. 문의에 대한 답변은 계속 받으실 수 있습니다.' },
  zh: { ask: '您不想再收到有关您请求的提醒吗？', button: '不再接收提醒', done: '您将不再收到提醒。对您来信的答复仍会送达。' },
  ja: { ask: 'お問い合わせについてのリマインダーを停止しますか？', button: 'リマインダーを停止', done: 'リマインダーを停止しました。お問い合わせへの回答は引き続き届きます。' },
};

function pageFor(request: Request, of: (text: { ask: string; button: string; done: string }) => string): string {
  const language = request.acceptsLanguages(Object.keys(words)) || 'en';
  const text = words[language] ?? { ask: '', button: '', done: '' };
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${text.button}</title><body style="font:16px system-ui;max-width:32rem;margin:4rem auto;padding:0 1rem">${of(text)}</body></html>`;
}

/** The page a reminder's link leads to. Looking at it changes nothing, since mail filters look at links; one click does, without cookies. */
export const unsubscribeRoutes: RawRoutes = {
  mount(router, contextFor) {
    router.get('/unsubscribe/:token', (request: Request, response: Response) => void response.type('html').send(pageFor(request, ({ ask, button }) => `<p>${ask}</p><form method="post"><button style="font:inherit;padding:.5rem 1rem">${button}</button></form>`)));
    router.post('/unsubscribe/:token', express.urlencoded({ extended: false, limit: '4kb' }), async (request: Request, response: Response) => {
      await unsubscribe(contextOf(await contextFor(request), ''), String(request.params['token']));
      response.type('html').send(pageFor(request, ({ done }) => `<p>${done}</p>`));
    });
  },
};
