// The door of the web form channel.
import { defineChannel } from '../channel';
import { mountFormRoutes } from './form.routes';
import { receiveForm } from './receive-form';
import { formSettings } from './settings';

/** Web forms, as JSON or posted by a plain HTML form; answered by mail. */
export const channel = defineChannel({
  manifest: { id: 'webform', name: 'Web form', icon: 'form', media: 'text', pace: 'deferred', weight: 20, interruptible: true, composer: { reply: true, subject: true, html: true, attachments: true, cc: true, maxLength: 0 } },
  settings: formSettings,
  receive: receiveForm,
  send: async () => ({ state: 'failed', reason: 'answer-by-mail' }),
  routes: mountFormRoutes,
});

export { acceptForm } from './form.routes';
export { formSettings } from './settings';
