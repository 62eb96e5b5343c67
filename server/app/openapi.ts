import { z } from 'zod';
import { problems } from '../../protocol';
import { escapeHtml, type Route } from '../kernel';
import { isList } from './list-as-csv';

type Json = Record<string, unknown>;

const toSchema = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
};

/** The OpenAPI 3.1 document of everything below /api/v1. */
export function openApiDocument(routes: Route[], publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const { endpoint } of routes) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Trunkline', version: 'v1', description: 'Every POST takes an Idempotency-Key. Every list of an account is had as a file with format=csv, all pages at once. Refusals are RFC 9457 problem documents.' },
    servers: [{ url: `${publicUrl}/api/v1` }],
    paths,
    components: { securitySchemes: { cookie: { type: 'apiKey', in: 'cookie', name: 'tl_session' }, key: { type: 'http', scheme: 'bearer' } }, schemas: { Problem: problemSchema() } },
  };
}

function operation(endpoint: Route['endpoint']): Json {
  const parameters = [...fields(endpoint.params, 'path'), ...fields(endpoint.query, 'query'), ...(isList({ endpoint }) ? [{ name: 'format', in: 'query', required: false, schema: { enum: ['csv'] }, description: 'The whole list as a file' }] : []), ...(endpoint.method === 'POST' && !endpoint.secret ? [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string' }, description: 'The same key again answers the first result' }] : [])];
  const body = endpoint.body ? { requestBody: { required: true, content: { 'application/json': { schema: toSchema(endpoint.body, 'input') } } } } : {};
  return {
    operationId: endpoint.name, summary: endpoint.summary, tags: [endpoint.name.split('.')[0]], parameters, ...body,
    security: endpoint.audience === 'public' ? [] : [{ cookie: [] }, { key: [] }],
    responses: { 200: { description: 'Done', content: { [endpoint.produces ?? 'application/json']: { schema: toSchema(endpoint.response, 'output') } } }, default: { description: 'Refused', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
  };
}

function fields(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toSchema(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, field]) => ({ name, in: place, required: place === 'path' || required.includes(name), description: field['description'] ?? '', schema: field }));
}

const problemSchema = (): Json => ({
  type: 'object', required: ['type', 'title', 'status', 'code'],
  properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { enum: Object.keys(problems) }, detail: { type: 'string' }, params: { type: 'object' }, fields: { type: 'object', additionalProperties: { type: 'string' } }, requestId: { type: 'string' } },
});

/** A page for people: every endpoint with its sentence, fields and refusals. */
export function referencePage(routes: Route[]): string {
  const groups = byArea(routes);
  const sections = [...groups].map(([name, all]) => `<section><h2>${escapeHtml(name)}</h2>${all.map(section).join('')}</section>`).join('');
  const refusals = Object.entries(problems).map(([code, [status, title]]) => `<tr><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(title)}</td></tr>`).join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Trunkline API</title><style>body{font:15px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}code{font-size:.95em}h3{margin:1.5rem 0 0}table{border-collapse:collapse;width:100%}td,th{text-align:start;padding:.25rem .75rem .25rem 0;vertical-align:top;border-bottom:1px solid #8884}</style><main><h1>Trunkline API</h1><p>All paths below <code>/api/v1</code>. The same as a machine reads it: <a href="/api/v1/openapi.json">openapi.json</a>.</p>${sections}<h2>Refusals</h2><table>${refusals}</table></main></html>`;
}

function byArea(routes: Route[]): Map<string, Route[]> {
  const groups = new Map<string, Route[]>();
  for (const route of routes) {
    const name = route.endpoint.name.split('.')[0] ?? '';
    groups.set(name, [...(groups.get(name) ?? []), route]);
  }
  return groups;
}

function section({ endpoint, ability }: Route): string {
  const rows: Json[] = [...fields(endpoint.params, 'path'), ...fields(endpoint.query, 'query'), ...(endpoint.body ? fields(endpoint.body, 'query').map((field) => ({ ...field, in: 'body' })) : [])];
  const table = rows.length === 0 ? '' : `<table>${rows.map((row) => `<tr><td><code>${escapeHtml(String(row['name']))}</code></td><td>${escapeHtml(String(row['in']))}</td><td>${escapeHtml(String(row['description']))}</td></tr>`).join('')}</table>`;
  return `<h3><code>${endpoint.method} ${escapeHtml(endpoint.path)}</code></h3><p>${escapeHtml(endpoint.summary)}. ${endpoint.audience === 'account' ? `Needs ${ability ? `<code>${ability}</code>` : 'a log-in'}.` : `For ${endpoint.audience === 'public' ? 'everybody' : 'customers'}.`}</p>${table}`;
}
