import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { htmlToText } from '../html/html-to-text';

/** Time for one mail once the worker is ready; then its text is shown instead. */
const LIMIT_MS = 1500;
/** Time for the worker to load its modules on a busy machine. */
const START_MS = 20_000;
const MAX_HTML = 3_000_000;
const MAX_HEAP_MB = 96;
const MAX_YOUNG_HEAP_MB = 8;

interface Answer {
  ready?: true;
  id?: number;
  html?: string;
  error?: string;
}

interface Job {
  id: number;
  html: string;
  done: (html: string | null) => void;
}

/** One worker thread and the mail it is busy with; a mail that takes too long costs the worker, never the server. */
class SanitiserThread {
  private worker: Worker | null = null;
  private ready = false;
  private busy: Job | null = null;
  private timer: NodeJS.Timeout | null = null;
  private readonly waiting: Job[] = [];

  add(job: Job): void {
    this.waiting.push(job);
    this.next();
  }

  /** Ends the thread; the next mail starts a new one. */
  async stop(): Promise<void> {
    const worker = this.worker;
    this.worker = null;
    this.ready = false;
    await worker?.terminate();
  }

  private next(): void {
    if (this.busy) return;
    const job = this.waiting.shift();
    if (!job) {
      this.worker?.unref();
      return;
    }
    this.busy = job;
    const worker = this.worker ?? this.start();
    worker.ref();
    this.expect(this.ready ? LIMIT_MS : START_MS);
    if (this.ready) worker.postMessage({ id: job.id, html: job.html });
  }

  private start(): Worker {
    const worker = new Worker(join(__dirname, 'sanitise-worker.cjs'), { resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, maxYoungGenerationSizeMb: MAX_YOUNG_HEAP_MB }, stdout: true, stderr: true });
    this.worker = worker;
    worker.on('message', (answer: Answer) => this.receive(worker, answer));
    worker.on('error', () => this.lose(worker));
    worker.on('exit', () => this.lose(worker));
    return worker;
  }

  private receive(worker: Worker, answer: Answer): void {
    if (worker !== this.worker) return;
    if (answer.ready) {
      this.ready = true;
      this.expect(LIMIT_MS);
      if (this.busy) worker.postMessage({ id: this.busy.id, html: this.busy.html });
    } else if (answer.id === this.busy?.id) {
      this.finish(answer.html ?? null);
    }
  }

  private expect(limit: number): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void this.stop();
      this.finish(null);
    }, limit);
  }

  private lose(worker: Worker): void {
    if (worker !== this.worker) return;
    this.worker = null;
    this.ready = false;
    this.finish(null);
  }

  private finish(html: string | null): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const job = this.busy;
    this.busy = null;
    job?.done(html);
    this.next();
  }
}

const thread = new SanitiserThread();
let lastId = 0;

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** What is shown when HTML cannot be made safe in time: its text. */
function asText(html: string): string {
  return `<div style="white-space: pre-wrap">${escapeHtml(htmlToText(html.slice(0, MAX_HTML)))}</div>`;
}

/**
 * HTML of a mail made safe to show: no active element, attribute or URL, nothing is fetched. Remote pictures keep their address in
 * `data-remote-src` (see `withRemoteImages`), pictures of the mail itself keep `cid:`. Always resolves; HTML that is too large or
 * takes too long comes back as its text.
 */
export async function sanitiseMailHtml(html: string): Promise<string> {
  if (html.length > MAX_HTML) return asText(html);
  const safe = await new Promise<string | null>((done) => thread.add({ id: ++lastId, html, done }));
  return safe ?? asText(html);
}

/** Ends the worker thread, for a clean shutdown. */
export async function stopSanitiser(): Promise<void> {
  await thread.stop();
}

/** Puts remote pictures back into sanitised HTML, once a person asked for them. */
export function withRemoteImages(safeHtml: string): string {
  return safeHtml.replace(/ data-remote-src="(https?:[^"]*)"/g, ' src="$1"');
}
