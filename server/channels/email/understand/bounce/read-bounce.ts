import type { Bodies } from '../mime/bodies';
import type { MailPart } from '../mime/walk';
import type { Bounce, MailAddress } from '../types';

export interface BounceContext {
  subject: string;
  from: MailAddress | null;
  bodies: Bodies;
}
export function readBounce(_raw: Buffer, _root: MailPart, _context: BounceContext): { bounce: Bounce | null; feedbackReport: boolean } {
  return { bounce: null, feedbackReport: false };
}
