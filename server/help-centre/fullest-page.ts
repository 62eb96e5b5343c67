import { html } from './html';
import { page } from './page';
import { speaker } from './words';

export { style } from './visit';

const row = 'How to set up the device again after the update when the light blinks red ';

/** A page with a front page's frame and the longest list there is (200 lines of 75 letters), for measuring what is loaded first. */
export const fullestPage = (colour: string): string => page({ brand: { id: null, name: 'Demo Shop', colour, logoUrl: null, locale: 'en', queueId: '', ownHost: false }, tongue: 'en', t: speaker('en'), origin: 'https://help.example.com', styleVersion: '0123456789', signedIn: true, timeZone: 'UTC' },
  { path: '/topics/all', title: 'Topics', body: html`<ul class="list">${Array.from({ length: 200 }, (_, i) => html`<li><a href="/help/en/articles/${String(i * 7919)}-how-to-set-up-the-device">${row}${i * 104_729}</a></li>`)}</ul>` });
