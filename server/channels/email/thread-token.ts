import { isSigned, sign, type Secrets } from '../../kernel';

const purpose = 'mail-thread';
const form = /^([0-9a-f]{24})\.([0-9a-f]{24})\.([\w-]{22})@/;

/** The Message-ID of an outgoing message: names message and ticket, and proves that we made it. Without angle brackets. */
export const messageIdOf = (secrets: Secrets, { messageId, ticketId }: { messageId: string; ticketId: string }, domain: string): string =>
  `${messageId}.${ticketId}.${sign(secrets, purpose, `${messageId}.${ticketId}`)}@${domain}`;

/** The ticket and message named by a Message-ID of ours; null for anybody else's or a forged one. */
export function readMessageId(secrets: Secrets, id: string): { messageId: string; ticketId: string } | null {
  const found = form.exec(id);
  if (!found) return null;
  const [, messageId = '', ticketId = '', signature = ''] = found;
  return isSigned(secrets, purpose, { text: `${messageId}.${ticketId}`, signature }) ? { messageId, ticketId } : null;
}

const detailForm = /^t\.([0-9a-f]{24})\.([\w-]{22})$/i;

/** The +detail of a ticket's own address. */
export const detailOf = (secrets: Secrets, ticketId: string): string => `t.${ticketId}.${sign(secrets, purpose, ticketId)}`;

/** The ticket named by a +detail, if we signed it. */
export function readDetail(secrets: Secrets, detail: string | null): string | null {
  const found = detail ? detailForm.exec(detail) : null;
  if (!found) return null;
  const [, ticketId = '', signature = ''] = found;
  return isSigned(secrets, purpose, { text: ticketId, signature }) ? ticketId : null;
}
