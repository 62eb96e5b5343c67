// Runs in a worker thread, so that no mail can block the server. Plain JavaScript because a worker starts from a file, compiled or not.
'use strict';
const { parentPort } = require('node:worker_threads');
const { sanitise } = require('./sanitise-html.cjs');

parentPort.on('message', ({ id, html }) => {
  try {
    parentPort.postMessage({ id, html: sanitise(html) });
  } catch (error) {
    parentPort.postMessage({ id, error: String(error && error.message) });
  }
});
parentPort.postMessage({ ready: true });
