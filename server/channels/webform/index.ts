// The door of the web form channel.
import { z } from 'zod';
import { defineChannel } from '../channel';
import { mountFormRoutes } from './form.routes';
import { receiveForm } from './receive-form';

/** Web forms, as JSON or posted by a plain HTML form; answered by mail. */
export const channel = defineChannel({
  manifest: { id: 'webform', name: 'Web form', icon: 'form', media: 'text', pace: 'deferred', weight: 20, interruptible: true, composer: { reply: true, subject: true, html: true, attachments: true, cc: true, maxLength: 0 } },
  settings: z.object({ queueId: z.string().default('') }),
  receive: receiveForm,
  send: async () => ({ state: 'failed', reason: 'answer-by-mail' }),
  routes: mountFormRoutes,
});

export { acceptForm } from './form.routes';
