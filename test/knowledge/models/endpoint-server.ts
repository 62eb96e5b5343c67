// A server on this machine that speaks OpenAI's protocol, and does whatever a test wants it to.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export interface Asked {
  path: string;
  key: string | undefined;
  body: { model: string; input: string[]; messages: { role: string; content: string }[] };
}

/** What it answers: a status and a body, after some milliseconds. */
export type Reply = (asked: Asked) => { status?: number; body?: unknown; after?: number; to?: string };

export interface EndpointServer {
  url: string;
  asked: Asked[];
  reply: Reply;
  close(): Promise<void>;
}

export async function startEndpoint(reply: Reply): Promise<EndpointServer> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const one: Asked = { path: request.url ?? '', key: request.headers.authorization, body: JSON.parse(text) as Asked['body'] };
      endpoint.asked.push(one);
      const { status = 200, body = {}, after = 0, to } = endpoint.reply(one);
      setTimeout(() => response.writeHead(status, { 'content-type': 'application/json', ...(to ? { location: to } : {}) }).end(JSON.stringify(body)), after).unref();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint: EndpointServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`, asked: [], reply,
    close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
  return endpoint;
}

/** A chat completion that says this. */
export const saying = (content: string): { body: unknown } => ({ body: { choices: [{ message: { role: 'assistant', content } }] } });
