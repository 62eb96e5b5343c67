// Pages of other people's sites that embed the widget: a site of its own, so that everything is cross-origin as it is in life.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostSite {
  url: string;
  stop(): Promise<void>;
}

const prose = '<h1>Shop</h1><main><p>Tea and chairs.</p></main>';
// Whatever a page's styles can do to elements that are not its own.
const hostile = `<style>
  * { font-size: 30px !important; color: red !important; letter-spacing: 9px !important; display: inline !important; position: static !important; margin: 9px !important; transform: rotate(3deg) !important }
  body * { visibility: hidden !important; opacity: .2 !important; pointer-events: none !important; z-index: -1 !important; width: 10px !important }
  button, input { all: revert !important; background: lime !important } trunkline-widget { display: none !important } html { filter: none; transform: scale(.5) }
</style>`;

const html = (head: string, body: string, attributes = 'lang="en"') => `<!doctype html><html ${attributes}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Shop</title>${head}</head>${body}</html>`;

/** Serves /plain /hostile /csp /coep /early /arabic; what follows "?" becomes attributes of the script tag. */
export async function startHostSite(server: string): Promise<HostSite> {
  const tag = (attributes: string) => `<script async src="${server}/widget/trunkline.js" ${attributes}></script>`;
  const pages: Record<string, (attributes: string) => { body: string; headers?: Record<string, string> }> = {
    '/plain': (attributes) => ({ body: html(tag(attributes), `<body>${prose}</body>`) }),
    '/hostile': (attributes) => ({ body: html(hostile + tag(attributes), `<body>${prose}</body>`) }),
    '/arabic': (attributes) => ({ body: html(tag(attributes), `<body>${prose}</body>`, 'lang="ar" dir="rtl"') }),
    // In the head and not async: it runs while there is no body.
    '/early': (attributes) => ({ body: html(tag(attributes).replace(' async', ''), `<body>${prose}</body>`) }),
    '/csp': (attributes) => ({
      body: html(tag(attributes), `<body>${prose}</body>`),
      headers: { 'Content-Security-Policy': `default-src 'none'; script-src ${server}; connect-src ${server} ${server.replace('http', 'ws')}; require-trusted-types-for 'script'; trusted-types trunkline` },
    }),
    '/coep': (attributes) => ({ body: html(tag(attributes), `<body>${prose}</body>`), headers: { 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Opener-Policy': 'same-origin' } }),
  };
  const site = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://x');
    const page = pages[pathname]?.(decodeURIComponent(search.slice(1)));
    response.writeHead(page ? 200 : 404, { 'Content-Type': 'text/html', ...page?.headers });
    response.end(page?.body);
  });
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
  return {
    url: `http://localhost:${(site.address() as AddressInfo).port}`,
    stop: () => new Promise((done) => {
      site.closeAllConnections();
      site.close(() => done());
    }),
  };
}
