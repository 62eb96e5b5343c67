import { z } from 'zod';
import { endpoint } from './endpoint';
import { count, flag, id, line, moment } from './fields';
import { priority } from './tickets';

const words = (meaning: string) => z.array(line(200, 'One of them is enough')).max(50).describe(meaning).exactOptional();
const named = (meaning: string) => z.array(z.strictObject({ name: line(60, 'Name'), values: z.array(line(200, 'Value')).max(50).describe('One of these is enough; with none, every value counts') })).max(10).describe(meaning).exactOptional();

/** What must hold for a rule: everything that is given; of a list one entry is enough. Upper and lower case are alike, * stands for anything. */
export const ruleCondition = z.strictObject({
  channels: words('Channel id'),
  to: words('Address written to or number called, e.g. billing@example.com or *@example.com'),
  from: words('Address it came from'),
  subject: words('Words in the subject'),
  words: words('Words in subject or text'),
  languages: words('Language tag, e.g. fr; regions are ignored'),
  topics: words('Topic: chosen in the widget or a form, or told by the words with enough confidence'),
  urgencies: words('urgent, normal, low: told by the words with enough confidence'),
  sentiments: words('negative, neutral, positive: told by the words with enough confidence'),
  attributes: named('Answers of a form, an IVR or a guide'),
  customer: named('Fields of the customer; also locale, email'),
  hours: z.strictObject({ hoursId: id('Hours'), open: flag('While open, or while closed') }).describe('Only inside or outside of business hours').exactOptional(),
});
/** What must hold for a rule. */
export type RuleCondition = z.output<typeof ruleCondition>;

/** What a rule does; what is not given stays as it is. */
export const ruleEffect = z.strictObject({
  queueId: id('Queue').exactOptional(), priority: priority.exactOptional(), tags: z.array(line(60, 'Tag')).max(10).describe('Tags added').exactOptional(),
  skills: z.record(z.string().regex(/^[0-9a-f]{24}$/), z.int().min(1).max(5)).describe('Skill id → minimum level, besides what the queue asks').exactOptional(),
});
/** One line of the table of routing rules. The first that holds decides. */
export const routingRule = z.strictObject({ id: id('Rule, made by whoever adds it'), name: line(80, 'Name'), active: flag('Inactive ones are passed over'), when: ruleCondition, then: ruleEffect });
/** One line of the table of routing rules. */
export type RoutingRule = z.output<typeof routingRule>;

const table = z.object({ rows: z.array(routingRule).max(500).describe('Rules in order'), version: count('Goes up with every change') });
/** The table of routing rules. */
export type RoutingTable = z.output<typeof table>;

const looked = z.object({ condition: z.string().describe('channels, to, from, subject, words, languages, topics, urgencies, sentiments, attributes, customer, hours'), held: flag('Whether it held'), wanted: z.string().describe('What the rule asks for'), found: z.string().describe('What the ticket had') });
/** What a table of rules would have done with a ticket. */
export const ruleTrial = z.object({
  ticketNumber: count('Ticket number'), at: moment('When it came'), rules: z.array(z.object({ id: id('Rule'), name: z.string().describe('Name'), verdict: z.enum(['chosen', 'not-reached', 'not-matched', 'inactive']).describe('What became of it'), looked: z.array(looked).describe('Each condition') })).describe('Every rule in order'),
  then: ruleEffect.describe('What the chosen rule does; empty when none holds'), queueId: id('Queue it would go to'),
});
/** What a table of rules would have done with a ticket. */
export type RuleTrial = z.output<typeof ruleTrial>;

/** Endpoints of routing rules. */
export const routingRuleEndpoints = {
  rules: endpoint({ name: 'routing-rules.read', method: 'GET', path: '/routing-rules', summary: 'The table of routing rules', audience: 'account', response: table }),
  putRules: endpoint({ name: 'routing-rules.put', method: 'PUT', path: '/routing-rules', summary: 'Replace the table of routing rules; refused as version-conflict when somebody changed it meanwhile', audience: 'account', body: z.strictObject({ rows: z.array(routingRule).max(500).describe('Rules in order'), version: count('The version the change is based on') }), response: table }),
  tryRules: endpoint({ name: 'routing-rules.try', method: 'POST', path: '/routing-rules/try', summary: 'What a table of rules would do with a ticket that came in the past', audience: 'account', body: z.strictObject({ ticketNumber: z.int().min(1).describe('Ticket number'), rows: z.array(routingRule).max(500).describe('Rules as edited, saved or not') }), response: ruleTrial }),
};
