/** A mail address as written in a header; `address` is empty when only a name was given. */
export interface MailAddress {
  address: string;
  name: string;
}

/** One attached file; nothing of a mail that is not its text is left out. */
export interface MailAttachment {
  filename: string | null;
  contentType: string;
  /** Bytes after decoding. */
  size: number;
  /** Without angle brackets; what `cid:` in the HTML refers to. */
  contentId: string | null;
  disposition: 'attachment' | 'inline' | null;
  /** True when the mail ended before the part did. */
  truncated: boolean;
  content: Buffer;
}

/** `hard`: the address itself is dead (unknown user or host, moved); everything else is `soft`. */
export type BounceType = 'hard' | 'soft';

/** One address a mail could not be delivered to. */
export interface BouncedRecipient {
  address: string;
  /** Enhanced status code such as `5.1.1`, empty when the report gives none. */
  status: string;
  type: BounceType;
  /** It is still being tried (RFC 3464: action delayed). */
  delayed: boolean;
  /** What the refusing server said, in its words. */
  diagnostic: string;
}

/** A report that mail could not be delivered. */
export interface Bounce {
  /** `hard` when every recipient is. */
  type: BounceType;
  recipients: BouncedRecipient[];
  /** Message-ID of the mail that came back, if the report quotes it. */
  originalMessageId: string | null;
}

/** Headers a loop guard judges by (RFC 3834, RFC 2369). */
export interface LoopHeaders {
  /** `''` for the null sender `<>`, null when there is no Return-Path. */
  returnPath: string | null;
  autoSubmitted: string | null;
  precedence: string | null;
  xLoop: string[];
  /** True for Fwd:, WG:, TR: … and for mails that carry another mail below a forward marker. */
  forwarded: boolean;
}

/** What a mail says, read from its bytes. */
export interface UnderstoodMail extends LoopHeaders {
  subject: string;
  from: MailAddress | null;
  to: MailAddress[];
  cc: MailAddress[];
  replyTo: MailAddress[];
  /** Plain text: the text parts, or what the HTML says when there are none. */
  text: string;
  html: string | null;
  /** What the sender newly wrote: without quotes and signature. Never empty when `text` is not. */
  replyText: string;
  attachments: MailAttachment[];
  /** Vacation notes and other automatic answers. */
  autoReply: boolean;
  bounce: Bounce | null;
  /** True for an abuse or feedback report (ARF), which is no bounce. */
  feedbackReport: boolean;
  /** Sanitised HTML, only when asked for and when there is HTML. */
  safeHtml?: string;
  /** Ids keep their case and have no angle brackets. */
  messageId: string | null;
  inReplyTo: string | null;
  /** Oldest first. */
  references: string[];
  date: Date | null;
  /** List-Id, List-Unsubscribe … by lower-case name. */
  listHeaders: Record<string, string>;
}
