import mongoose from 'mongoose';
import type { Channel, ChannelHost, Inbound, Outbound } from '../../server/channels/channel';
import { Mailboxes } from '../../server/channels/email';
import { createLogger, loadConfig, newId, storeBlobs, systemClock, type Ctx } from '../../server/kernel';
import { startTestStore } from '../support/store';

/** A host for channels that notes what it was handed: the store is real, the product above is not needed. */
export interface House {
  mailboxId: string;
  hostOf(channel: Channel): ChannelHost & { taken: Inbound[] };
  outbound(channel: string): Outbound;
  stop(): Promise<void>;
}

const nothing = { phase: 'none' as const, position: null, expectedWait: null, agentName: null, online: false, readSeq: 0, opensAt: null, ask: null, answerBy: null };

/** Opens a store with one mailbox. */
export async function startHouse(): Promise<House> {
  const store = await startTestStore();
  await mongoose.connect(store.url);
  const companyId = newId();
  const mailboxId = newId();
  await Mailboxes.create({ _id: mailboxId, companyId, address: 'support@example.com', name: 'Support', queueId: newId(), signature: '', active: true });
  const config = loadConfig({ SMTP_RELAY_URL: 'smtp://127.0.0.1:1', LOG_LEVEL: 'silent' });
  const ctx = { config, log: createLogger('silent'), clock: systemClock, blobs: storeBlobs, secrets: { signing: 'test' }, companyId, publicUrl: 'http://localhost' } as unknown as Ctx;
  return { mailboxId, hostOf: (channel) => hostFor(ctx, channel), outbound: outboundFor, stop: async () => { await mongoose.disconnect(); await store.stop(); } };
}

function hostFor(ctx: Ctx, channel: Channel): ChannelHost & { taken: Inbound[] } {
  const taken: Inbound[] = [];
  return {
    ctx, taken, accept: async () => ({ duplicate: false }),
    intake: async (inbound) => { taken.push(inbound); return { duplicate: taken.length > 1, ticketId: newId(), messageId: newId(), seq: taken.length }; },
    delivered: async () => undefined, signal: async () => undefined, thread: async () => ({ ticketId: null, messages: [], state: nothing }), position: async () => ({ online: false, expectedWait: null }),
    otherwise: async () => undefined, transcript: async () => undefined, settings: async <T>() => channel.settings.parse({}) as T, brand: async () => null, isBlocked: async () => false,
  };
}

function outboundFor(channel: string): Outbound {
  const at = '2026-11-01T10:00:00.000Z';
  return {
    message: { id: newId(), ticketId: newId(), seq: 2, clientId: 'client-1234', kind: 'agent', channel, author: { id: newId(), name: 'Ana' }, subject: 'Lamp', text: 'Hello', html: null, replyText: null, to: [{ address: 'nina@example.org', name: 'Nina' }], cc: [], attachments: [], call: null, system: null, automatic: false, delivery: { state: 'queued', reason: '', at }, at, receivedAt: at },
    ticket: { id: newId(), number: 1, subject: 'Lamp', queueId: newId(), locale: 'en' }, customer: { kind: 'email', value: 'nina@example.org', name: 'Nina', verified: false }, bcc: [], references: [], below: { signature: '', quote: { text: '', html: null } }, attempt: 0, companyName: 'Demo',
    async *read() { yield Buffer.from('x'); },
  };
}
