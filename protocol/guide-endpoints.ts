import { z } from 'zod';
import { endpoint } from './endpoint';
import { brandIds, brandKey, count, id, locale, nothing } from './fields';
import { guide, guideAnswer, guideFault, guideFile, guideFront, guideGraph, guideReport, guideSaving, guideSummary, guideView, phonePrompt } from './guides';

const byId = z.strictObject({ id: id('Guide') });
const runById = z.strictObject({ id: id('Run') });
const byTicket = z.strictObject({ id: id('Ticket') });
const language = { locale: locale('Language').exactOptional() };
const withToken = guideView.extend({ token: z.string().describe('Sent as a bearer token with every further call of this run, never in an address') });
const shape = z.strictObject({ category: z.string().max(80).default('').describe('Category'), audience: guide.shape.audience.default('public'), brandIds: brandIds.default([]), graph: guideGraph });
const days = z.coerce.number().int().min(1).max(366).default(30).describe('How far back');

/** Endpoints of guides: for authors, for agents, and for whoever walks through one. */
export const guideEndpoints = {
  list: endpoint({ name: 'guide.list', method: 'GET', path: '/guides', summary: 'Guides, last changed first', audience: 'account', query: z.strictObject(language), response: z.object({ rows: z.array(guideSummary) }) }),
  read: endpoint({ name: 'guide.read', method: 'GET', path: '/guides/:id', summary: 'One guide with its draft, its faults and what its order saves', audience: 'account', params: byId, response: guide }),
  add: endpoint({ name: 'guide.add', method: 'POST', path: '/guides', summary: 'Write a guide', audience: 'account', body: shape, response: guide }),
  change: endpoint({ name: 'guide.change', method: 'PATCH', path: '/guides/:id', summary: 'Change the draft of a guide', audience: 'account', params: byId, body: z.strictObject({ category: z.string().max(80).exactOptional().describe('Category'), audience: guide.shape.audience.exactOptional(), brandIds: brandIds.exactOptional(), graph: guideGraph.exactOptional(), revision: count('The revision the change is based on') }), response: guide }),
  publish: endpoint({ name: 'guide.publish', method: 'POST', path: '/guides/:id/publish', summary: 'Publish the draft as the next version; runs begun earlier stay on theirs', audience: 'account', params: byId, response: guide }),
  archive: endpoint({ name: 'guide.archive', method: 'POST', path: '/guides/:id/archive', summary: 'Take a guide out of use', audience: 'account', params: byId, response: guide }),
  exportOne: endpoint({ name: 'guide.export', method: 'GET', path: '/guides/:id/file', summary: 'The draft as a file', audience: 'account', params: byId, response: guideFile }),
  importOne: endpoint({ name: 'guide.import', method: 'POST', path: '/guide-files', summary: 'A new draft from a file', audience: 'account', body: guideFile, response: guide }),
  check: endpoint({ name: 'guide.check', method: 'POST', path: '/guide-checks', summary: 'Faults of a graph that is being written', audience: 'account', body: z.strictObject({ guideId: id('The guide it belongs to').exactOptional(), graph: guideGraph }), response: z.object({ faults: z.array(guideFault), savings: z.array(guideSaving) }) }),
  preview: endpoint({ name: 'guide.preview', method: 'POST', path: '/guide-previews', summary: 'How a graph that is being written looks after some answers; nothing is kept', audience: 'account',
    body: z.strictObject({ graph: guideGraph, answers: z.array(z.string().max(2000).describe('Answer')).max(200).describe('Answers so far'), ...language }), response: guideView }),
  report: endpoint({ name: 'guide.report', method: 'GET', path: '/guides/:id/report', summary: 'Drop-off per step, solved rate and time', audience: 'account', params: byId, query: z.strictObject({ days, ...language }), response: guideReport }),
  ticketRuns: endpoint({ name: 'guide-run.of-ticket', method: 'GET', path: '/tickets/:id/guide-runs', summary: 'What was tried on a ticket', audience: 'account', params: byTicket, response: z.object({ rows: z.array(guideView) }) }),
  begin: endpoint({ name: 'guide-run.begin', method: 'POST', path: '/tickets/:id/guide-runs', summary: 'Walk through a guide with the customer of a ticket', audience: 'account', params: byTicket, body: z.strictObject({ guideId: id('Guide'), ...language }), response: guideView }),
  proceed: endpoint({ name: 'guide-run.proceed', method: 'POST', path: '/guide-runs/:id/answers', summary: 'Answer a step for the customer', audience: 'account', params: runById, body: guideAnswer, response: guideView }),
  rewind: endpoint({ name: 'guide-run.rewind', method: 'POST', path: '/guide-runs/:id/back', summary: 'Take back the last answers of a run, down to the given number', audience: 'account', params: runById, body: z.strictObject({ keep: count('How many answers stay') }), response: guideView }),
  offered: endpoint({ name: 'help.guides', method: 'GET', path: '/help/guides', summary: 'Public guides, most used first', audience: 'public', query: z.strictObject({ ...language, brand: brandKey }), response: z.object({ rows: z.array(z.object({ id: id('Guide'), title: z.string().describe('Title'), about: z.string().describe('What it helps with') })).describe('Most used first') }) }),
  start: endpoint({ name: 'guide-run.start', method: 'POST', path: '/help/guides/:id/runs', summary: 'Begin a guide', audience: 'public', params: byId, secret: true,
    body: z.strictObject({ ...language, brand: brandKey, front: guideFront.default('widget'), session: z.string().max(60).exactOptional().describe('Help session'), attributes: z.record(z.string().max(60), z.string().max(500)).default({}).describe('What is known already, such as from, the caller\'s number, or version') }), response: withToken }),
  resume: endpoint({ name: 'guide-run.resume', method: 'POST', path: '/help/guide-runs', summary: 'Go on with a run by its eight digits, in whatever front end', audience: 'public', secret: true, body: z.strictObject({ code: z.string().regex(/^\d{8}$/).describe('Eight digits'), brand: brandKey, front: guideFront.default('widget') }), response: withToken }),
  show: endpoint({ name: 'guide-run.read', method: 'GET', path: '/help/guide-runs/:id', summary: 'Where my run stands (bearer token)', audience: 'public', params: runById, response: guideView }),
  answer: endpoint({ name: 'guide-run.answer', method: 'POST', path: '/help/guide-runs/:id/answers', summary: 'Answer the step in hand (bearer token)', audience: 'public', params: runById, body: guideAnswer, response: guideView }),
  back: endpoint({ name: 'guide-run.back', method: 'POST', path: '/help/guide-runs/:id/back', summary: 'Take back the last answer (bearer token)', audience: 'public', params: runById, body: nothing, response: guideView }),
  phone: endpoint({ name: 'guide-run.phone', method: 'GET', path: '/help/guide-runs/:id/phone', summary: 'The step in hand as a telephone menu says it (bearer token)', audience: 'public', params: runById, query: z.strictObject({ part: z.coerce.number().int().min(0).max(20).default(0).describe('Which four of many choices') }), response: phonePrompt }),
  press: endpoint({ name: 'guide-run.press', method: 'POST', path: '/help/guide-runs/:id/phone', summary: 'Keys pressed or words heard (bearer token)', audience: 'public', params: runById,
    body: z.strictObject({ nodeId: z.string().max(90).exactOptional().describe('Step, else the one in hand'), digits: z.string().regex(/^[\d*#]{0,20}$/).exactOptional().describe('Keys'), speech: z.string().max(1000).exactOptional().describe('Words heard'), part: count('Which four choices were offered').default(0), failed: count('Tries without an answer so far').default(0) }), response: phonePrompt }),
};
