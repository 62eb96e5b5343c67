/**
 * Every refusal Trunkline can utter: code → HTTP status and a title in plain English. Replies are RFC 9457 problem documents
 * `{type, title, status, code, detail?, params?, requestId}`; front ends translate the code with its params.
 */
export const problems = {
  'bad-input': [400, 'Something in the request is missing or has the wrong form'],
  'not-logged-in': [401, 'Log in first'],
  'wrong-credentials': [401, 'This e-mail address and password do not belong together'],
  'second-factor-needed': [401, 'Enter the code from your authenticator app'],
  'wrong-code': [401, 'This code is not valid; codes change every 30 seconds'],
  'csrf-missing': [403, 'Reload the page and try again'],
  'not-allowed': [403, 'You may not do this'],
  'identity-unsigned': [403, 'This site requires a signed identity'],
  'sender-blocked': [403, 'Messages from this address are not accepted'],
  'not-found': [404, 'There is nothing here, or you may not see it'],
  'link-expired': [410, 'This link was used already or has expired; ask for a new one'],
  'already-exists': [409, 'Something with this name or address exists already'],
  'version-conflict': [409, 'Somebody changed this while you were working on it; look at the newer version first'],
  'idempotency-mismatch': [409, 'This Idempotency-Key was used for a different request'],
  'replied-meanwhile': [409, 'Somebody replied while you were typing; read the new message before you send'],
  'already-merged': [409, 'This ticket was folded into another one already'],
  'shortcut-taken': [409, 'There is another canned answer with this shortcut'],
  'named-by-rule': [409, 'A routing rule names this; change the rule first'],
  'nobody-has-skill': [409, 'Nobody who serves this queue has this skill'],
  'still-in-use': [409, 'This is still in use and cannot be removed'],
  'ticket-closed': [409, 'This ticket is closed; reopen it first'],
  'ticket-in-trash': [409, 'This ticket is in the trash; restore it first'],
  'offer-expired': [409, 'This offer has run out; the request went back to the queue'],
  'not-your-offer': [403, 'This was offered to somebody else'],
  'already-assigned': [409, 'Somebody else already took this'],
  'unknown-work-item': [404, 'This request is no longer waiting'],
  'at-capacity': [409, 'No free capacity for this'],
  'agent-unavailable': [409, 'This agent is not available'],
  'not-eligible': [409, 'This agent lacks a required skill or does not serve the queue'],
  'not-pull-queue': [409, 'Work in this queue is offered; it cannot be picked'],
  'nothing-waiting': [404, 'Nothing is waiting for you'],
  'no-choosing': [409, 'In this queue nobody chooses; take the next one'],
  'already-asked': [409, 'They were asked already, or are in'],
  'nothing-in-hand': [409, 'Nobody has this in hand, so there is nothing to hand over; transfer it'],
  'transfer-to-self': [409, 'This is already yours'],
  'bad-state-change': [409, 'You cannot go to this state from here'],
  'disposition-required': [409, 'Choose an outcome before you finish'],
  'unknown-queue': [422, 'There is no such queue'],
  'unknown-skill': [422, 'There is no such skill'],
  'unknown-channel': [422, 'There is no such channel'],
  'unknown-hours': [422, 'There are no such business hours'],
  'unknown-account': [422, 'There is no such account'],
  'nothing-to-call': [409, 'There is no conversation that could be called back'],
  'name-differs': [422, 'This is not the name of the customer'],
  'no-recipient': [422, 'There is nobody to send this to'],
  'address-suppressed': [422, 'Mail to this address bounced; release the address first'],
  'file-too-large': [413, 'This file is too large'],
  'file-type-refused': [415, 'Files of this type are not accepted'],
  'password-weak': [422, 'Choose a longer or less common password'],
  'last-administrator': [409, 'Somebody must remain administrator'],
  'guide-broken': [422, 'This guide has a fault that must be mended first'],
  'bad-schedule': [422, 'This moment lies in the past'],
  'too-many-requests': [429, 'Too many attempts; wait a moment'],
  'too-large': [413, 'The request is too large'],
  'still-running': [409, 'The same request is still being worked on; ask again in a moment'],
  'starting': [503, 'Trunkline is starting; try again in a moment'],
  'internal': [500, 'Something went wrong on our side; it has been recorded'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof problems;

/** Parameters of a problem, for the sentence in the reader's language; never personal data of others. */
export type ProblemParams = Record<string, string | number | boolean | null>;

/** A problem document as it crosses the wire. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail?: string;
  params?: ProblemParams;
  /** Which fields are wrong, when the code is bad-input: path in dots → sentence. */
  fields?: Record<string, string>;
  requestId?: string;
}
