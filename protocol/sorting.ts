import { z } from 'zod';
import { endpoint } from './endpoint';
import { count, flag, line, moment, nothing, text } from './fields';

/** What a request is sorted by. */
export const sortAspect = z.enum(['topic', 'urgency', 'sentiment']).describe('What it is about, how much it hurries, how the writer feels');
export type SortAspect = z.output<typeof sortAspect>;

const share = z.number().min(0).max(1);
/** One decision about a request. */
export const judgement = z.object({
  label: z.string().describe('Topic; urgent, normal or low; positive, neutral or negative'), confidence: share.describe('Probability that it is right; 1 when a person or the customer said so'), sure: flag('Confident enough to act on; below that a person decides'),
  by: z.enum(['classifier', 'person', 'customer']).describe('Who decided'), top: z.array(z.object({ label: z.string().describe('Label'), share: share.describe('How much speaks for it') })).describe('The best labels, best first; at most five'),
  why: z.array(z.object({ word: z.string().describe('Word of the request'), weight: z.number().describe('How much it spoke for (below 0: against) the label, in shares of all words') })).describe('Words that counted, most important first'),
  accuracy: share.nullable().describe('Share of right answers on requests kept out of training; null: too few to measure'), rows: count('Requests it was measured on'),
});
export type Judgement = z.output<typeof judgement>;

/** How a request was sorted by its words; null: nothing learnt yet. */
export const sorting = z.object({ language: z.string().nullable().describe('Language tag'), topic: judgement.nullable(), urgency: judgement.nullable(), sentiment: judgement.nullable() });
export type Sorting = z.output<typeof sorting>;

const seed = z.strictObject({ label: line(80, 'Topic'), text: line(1000, 'A request about it') });
/** What one aspect was learnt from and how good it is. */
export const sorterState = z.object({
  aspect: sortAspect, trainedAt: moment('When it was last learnt').nullable(), rows: count('Requests learnt from'), labels: z.array(z.object({ label: z.string().describe('Label'), rows: count('Requests of it') })).describe('Most first'),
  measured: z.object({ rows: count('Requests kept out of training'), accuracy: share.describe('Right at the first try'), bestThree: share.describe('Right one among the best three'), from: z.array(z.object({ confidence: share.describe('From this confidence on'), decided: share.describe('Share of requests decided'), right: share.describe('Of these, right') })).describe('What a threshold would do') }).nullable().describe('Null: too few requests to keep some out'),
});
export type SorterState = z.output<typeof sorterState>;

/** Settings of sorting. */
export const sortingSettings = z.strictObject({ sure: z.number().min(0.5).max(0.99).default(0.75).describe('Confidence from which on a prediction is acted on'), seeds: z.array(seed).max(3000).default([]).describe('Examples by topic, besides solved tickets') });

/** Endpoints of sorting requests. */
export const sortingEndpoints = {
  read: endpoint({ name: 'sorting.read', method: 'GET', path: '/sorting', summary: 'How requests are sorted, and how well', audience: 'account', response: sortingSettings.extend({ sorters: z.array(sorterState), training: flag('Learning is under way') }) }),
  labels: endpoint({ name: 'sorting.labels', method: 'GET', path: '/sorting/labels', summary: 'What a ticket may be said to be', audience: 'account', response: z.object({ rows: z.array(z.object({ aspect: sortAspect, labels: z.array(z.string().describe('Label')).describe('By name') })).describe('By aspect') }) }),
  put: endpoint({ name: 'sorting.put', method: 'PUT', path: '/sorting', summary: 'Replace the examples and the threshold; learning begins anew', audience: 'account', body: sortingSettings, response: nothing }),
  train: endpoint({ name: 'sorting.train', method: 'POST', path: '/sorting/train', summary: 'Learn now instead of when enough has changed', audience: 'account', response: nothing }),
  try: endpoint({ name: 'sorting.try', method: 'POST', path: '/sorting/try', summary: 'How a request would be sorted', audience: 'account', body: z.strictObject({ text: text(20_000, 'Subject and text') }), response: sorting }),
};
