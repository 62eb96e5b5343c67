// Runs in a worker thread, so that no mail can block the server. Plain JavaScript because a worker starts from a file, compiled or not.
'use strict';
const { parentPort } = require('node:worker_threads');
const createPurifier = require('dompurify');
const { JSDOM, VirtualConsole } = require('jsdom');
const { MAIL_PROFILE, LINK, IMAGE_DATA, REMOTE, cleanStyle } = require('./mail-profile.cjs');

const purifier = createPurifier(new JSDOM('', { virtualConsole: new VirtualConsole() }).window);

/** Links lead to the web, to a mail or to a telephone; pictures come from the mail itself or wait to be allowed. */
purifier.addHook('uponSanitizeAttribute', (node, data) => {
  if (data.attrName === 'style') {
    data.attrValue = cleanStyle(data.attrValue);
    data.keepAttr = data.attrValue !== '';
  } else if (data.attrName === 'href') data.keepAttr = node.localName === 'a' && LINK.test(data.attrValue.trim());
  else if (data.attrName === 'src') {
    const source = data.attrValue.trim();
    data.keepAttr = /^cid:[^\s"'<>]+$/i.test(source) || IMAGE_DATA.test(source);
    if (REMOTE.test(source)) node.setAttribute('data-remote-src', source.startsWith('//') ? `https:${source}` : source);
  }
});
purifier.addHook('afterSanitizeAttributes', (node) => {
  if (node.localName !== 'a' || !node.hasAttribute('href')) return;
  node.setAttribute('target', '_blank');
  node.setAttribute('rel', 'noopener noreferrer nofollow');
});

parentPort.on('message', ({ id, html }) => {
  try {
    parentPort.postMessage({ id, html: purifier.sanitize(html, MAIL_PROFILE) });
  } catch (error) {
    parentPort.postMessage({ id, error: String(error && error.message) });
  }
});
parentPort.postMessage({ ready: true });
