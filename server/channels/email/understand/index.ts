/** Understanding a mail: bytes in, meaning out. Pure parsing: no network, no store. */
export { understandMail } from './understand-mail';
/** The files inside Outlook's winmail.dat. */
export { unpackTnef } from './mime/tnef';
/** Options of `understandMail`. */
export type { UnderstandOptions } from './understand-mail';
/** Makes a mail's HTML safe to show; puts remote pictures back when a person asks; ends the worker thread. */
export { sanitiseMailHtml, stopSanitiser, withRemoteImages } from './safe-html/sanitise';
/** What a mail says, see each type. */
export type { Bounce, BouncedRecipient, BounceType, LoopHeaders, MailAddress, MailAttachment, UnderstoodMail } from './types';
