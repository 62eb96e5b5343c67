// The door of the voice channel: call records of telephone systems. Live events come in a later issue.
import express from 'express';
import { defineChannel } from '../channel';
import { voiceSettings } from './settings';
import { mountCallRoutes } from './call.routes';
import { receiveCall } from './receive-call';

/** Calls: records as JSON or as Asterisk CDR lines in; nothing is sent. */
export const channel = defineChannel({
  manifest: { id: 'voice', name: 'Telephone', icon: 'phone', media: 'voice', pace: 'live', weight: 100, interruptible: false, composer: { reply: false, subject: false, html: false, attachments: false, cc: false, maxLength: 0 } },
  settings: voiceSettings,
  receive: receiveCall,
  send: async () => ({ state: 'failed', reason: 'calls-cannot-be-sent' }),
  routes(router, hostFor) {
    router.use('/api/calls/records/asterisk', express.text({ type: ['text/csv', 'text/plain'], limit: '1mb' }));
    mountCallRoutes(router, hostFor);
  },
});

export { acceptCall } from './call.routes';
export { voiceSettings } from './settings';
