import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { callText, type CallRecord } from '../../../protocol';
import type { ChannelHost, Inbound } from '../channel';
import type { VoiceSettings } from './settings';

/** Works on a stored call record. */
export async function receiveCall(host: ChannelHost, raw: { content: Buffer; sourceId: string }): Promise<void> {
  const call = JSON.parse(raw.content.toString('utf8')) as CallRecord;
  await host.intake(inboundOf(call, raw.sourceId, await host.settings<VoiceSettings>()));
}

/** The number in E.164 where it is one, else as the telephone system wrote it. */
export function normalNumber(number: string, country: string): string {
  return parsePhoneNumberFromString(number.replaceAll('/', ' '), country as CountryCode)?.number ?? number.replace(/[^\d+*#A-Za-z]/g, '');
}

function inboundOf(call: CallRecord, sourceId: string, settings: VoiceSettings): Inbound {
  const customer = normalNumber(call.direction === 'in' ? call.from : call.to, settings.country);
  return {
    sourceId, kind: 'call', from: callerOf(customer, sourceId), to: [], cc: [], subject: '', text: textOf(call), html: null, replyText: null, attachments: [],
    call: { direction: call.direction, from: call.from, to: call.to, seconds: call.seconds, outcome: call.outcome, recordingUrl: call.recordingUrl ?? null }, at: new Date(call.startedAt), locale: null,
    thread: { references: [], forwarded: false }, automatic: false, bounce: null, spam: false, queue: call.queue ?? (settings.queueId || null), handledBy: call.agentEmail ?? null, attributes: call.attributes, clientId: null, rawBlobId: null,
  };
}

// Callers who hide their number are strangers to each other.
const callerOf = (number: string, sourceId: string): Inbound['from'] => (/\d{3}/.test(number) ? { kind: 'phone', value: number, name: '', verified: false } : { kind: 'external', value: `anonymous:${sourceId}`, name: '', verified: false });

/** What became of a call, as people say it. */
function textOf(call: CallRecord): string {
  const said = callText({ ...call, number: call.direction === 'in' ? call.from : call.to });
  return [said, ...Object.entries(call.attributes).map(([name, value]) => `${name}: ${value}`)].join('\n');
}
