import { z } from 'zod';
import { brandIds, count, flag, id, line, locale, moment, text } from './fields';

/** One text per language tag. */
export const wording = z.record(z.string().regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/), z.string().max(20_000)).describe('Language tag → text');
export type Wording = z.output<typeof wording>;

const stepId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be small letters, digits and dashes').describe('Name of a step, unique within its guide');
const code = z.string().regex(/^[a-zA-Z0-9][\w-]{0,39}$/).describe('What an answer is called inside the guide');

/** One way out of a step. */
export const guideEdge = z.strictObject({
  answer: code, to: stepId.describe('The step it leads to'), label: wording.exactOptional().describe('What the reader chooses; yes, no and the like have words of their own'),
  from: z.number().exactOptional().describe('Smallest number that takes this way'), upTo: z.number().exactOptional().describe('Numbers below this one take this way'),
  words: z.array(line(60, 'Word')).max(40).exactOptional().describe('Words in any language by which a free text takes this way'),
});
export type GuideEdge = z.output<typeof guideEdge>;

const common = {
  id: stepId, title: wording.describe('The question or heading, in every language of the guide'),
  body: wording.default({}).describe('Markdown below it: what to do, pictures, why we ask'), spoken: wording.exactOptional().describe('How it is said on the telephone, where that differs'),
};
const edges = z.array(guideEdge).max(30).default([]).describe('Ways out');

const symptom = z.strictObject({
  id: stepId, title: wording.describe('The question'), body: wording.default({}).describe('Markdown below it'),
  options: z.array(z.strictObject({ answer: code, label: wording.exactOptional().describe('What the reader chooses') })).min(2).max(12).describe('Possible answers; "yes" and "no" have words of their own'),
});
const cause = z.strictObject({
  id: stepId, title: wording.describe('The cause in words'), share: z.number().positive().describe('How common it is beside the others'), to: stepId.describe('Where to go when it is this one'),
  likely: z.record(z.string(), z.record(z.string(), z.number().min(0).max(1))).describe('Question → answer → how likely that answer is with this cause; what is left out counts as evenly likely'),
});

/** One step of a guide. */
export const guideNode = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('start').describe('Where a run begins'), next: stepId.describe('First step') }),
  z.strictObject({ ...common, kind: z.literal('question').describe('Asks something'), ask: z.enum(['yesno', 'choice', 'number', 'text']).describe('How it is answered'), edges }),
  z.strictObject({ ...common, kind: z.literal('guidance').describe('Tells what to do and asks whether it helped: ways solved and not-solved'), edges }),
  z.strictObject({ ...common, kind: z.literal('link').describe('Goes through another guide and comes back unless that one solved it'), guideId: id('The other guide'), next: stepId.describe('Step to come back to') }),
  z.strictObject({ ...common, kind: z.literal('action').describe('Does something: ways done and skipped; a version check has current, older and unknown'), action: z.enum(['open-ticket', 'call-back', 'check-version']).describe('What it does'),
    queueId: id('Queue for the ticket').exactOptional(), atLeast: z.string().max(40).exactOptional().describe('The version that is good enough, such as 2.3.1'), edges }),
  z.strictObject({ ...common, kind: z.literal('diagnose').describe('Finds the cause by the questions that tell most'), order: z.enum(['information', 'authored']).default('information').describe('Which question comes next: the one that tells most, or in the order written'),
    sureAt: z.number().min(0.5).max(0.999).default(0.9).describe('How sure is sure enough'), questions: z.array(symptom).min(1).max(60).describe('What may be asked'), causes: z.array(cause).min(2).max(80).describe('What it may be'), otherwise: stepId.describe('Where to go when no cause stands out') }),
  z.strictObject({ ...common, kind: z.literal('outcome').describe('The end'), result: z.enum(['solved', 'escalate']).describe('solved: no person is needed; escalate: a person goes on') }),
]);
export type GuideNode = z.output<typeof guideNode>;
/** A step that finds the cause among several. */
export type DiagnoseNode = Extract<GuideNode, { kind: 'diagnose' }>;

/** What a guide consists of; the same for every front end. */
export const guideGraph = z.strictObject({
  locales: z.array(locale('Language')).min(1).max(20).describe('Languages the guide promises to be complete in'),
  title: wording.describe('Name of the guide'), about: wording.default({}).describe('The trouble it helps with, in the words of customers'), nodes: z.array(guideNode).min(1).max(400).describe('Steps'),
});
export type GuideGraph = z.output<typeof guideGraph>;

/** What is wrong with a guide, or could be better. */
export const guideFault = z.object({
  code: z.enum(['no-start', 'two-starts', 'same-name', 'leads-nowhere', 'unreachable', 'endless', 'loop', 'missing-answer', 'missing-translation', 'no-way-out', 'unknown-guide', 'circular-link', 'many-questions', 'cause-unlikely'])
    .describe('Kind of fault'),
  severe: flag('Keeps it from being published'), nodeId: z.string().nullable().describe('The step, null for the whole guide'), detail: z.string().describe('Language, answer or step it is about; may be empty'),
});
export type GuideFault = z.output<typeof guideFault>;

/** What the order by information saves over the written order, in questions on average. */
export const guideSaving = z.object({ nodeId: z.string().describe('The diagnosing step'), authored: z.number().describe('Questions asked in the written order'), chosen: z.number().describe('Questions asked by information') });

export type GuideSaving = z.output<typeof guideSaving>;

const audience = z.enum(['internal', 'public']).describe('Who may use it');
/** A guide as its authors see it. */
export const guide = z.object({
  id: id('Guide id'), category: z.string().max(80).describe('Category'), audience, brandIds, state: z.enum(['draft', 'published', 'archived']).describe('Whether customers find it'), graph: guideGraph, faults: z.array(guideFault), savings: z.array(guideSaving),
  revision: count('Goes up with every change of the draft'), version: count('Last published version, 0 for none'), changed: flag('The draft differs from what is published'), updatedAt: moment('Last change'), can: z.array(z.string()).describe('What the reader may do'),
});
export type Guide = z.output<typeof guide>;

/** A guide as lists show it. */
export const guideSummary = z.object({
  id: id('Guide id'), title: z.string().describe('Title in the reader\'s language'), category: z.string().describe('Category'), audience, brandIds, state: guide.shape.state, version: count('Published version'), updatedAt: moment('Last change'),
  runs: count('Runs in the last 30 days'), solved: z.number().nullable().describe('Share of ended runs that were solved, null without any'),
});

export type GuideSummary = z.output<typeof guideSummary>;

/** A guide written to a file. */
export const guideFile = z.strictObject({ format: z.literal('trunkline-guide-1').describe('What kind of file this is'), category: z.string().max(80).default('').describe('Category'), audience: audience.default('public'), brands: z.array(z.string().max(40).describe('Key')).max(100).exactOptional().describe('Keys of the brands it belongs to; none: all'), graph: guideGraph });
export type GuideFile = z.output<typeof guideFile>;

/** Where a step was taken. */
export const guideFront = z.enum(['widget', 'help-centre', 'console', 'phone']).describe('Front end');
export type GuideFront = z.output<typeof guideFront>;

/** One step of a path walked. */
export const walkedStep = z.object({
  guideId: id('Guide'), nodeId: z.string().describe('Step'), kind: z.string().describe('Kind of step'), title: z.string().describe('What was asked or told'), answer: z.string().describe('Answer code, empty for the step in hand'),
  said: z.string().describe('The answer in words'), front: guideFront, by: z.enum(['customer', 'agent', 'automatic']).describe('Who answered'), at: moment('When'), dropped: flag('Taken back later'),
});
export type WalkedStep = z.output<typeof walkedStep>;

/** Where a run stands, ready to be shown. */
export const guideView = z.object({
  runId: id('Run'), guideId: id('Guide'), title: z.string().describe('Name of the guide'), locale: z.string().describe('Language shown'), state: z.enum(['running', 'solved', 'escalated', 'left']).describe('left: nothing happened for a day'), ticketId: id('Ticket it belongs to').nullable(),
  step: z.object({
    nodeId: z.string().describe('Step; an answer names it so that a late one changes nothing'), kind: z.enum(['question', 'guidance', 'action', 'outcome']).describe('What it is'), title: z.string().describe('Heading'), html: z.string().describe('Text below it, sanitised'),
    entry: z.enum(['none', 'number', 'text', 'ticket', 'call-back']).describe('What is typed besides choices: ticket asks for an address and a message, call-back for a number'),
    choices: z.array(z.object({ answer: z.string().describe('Code to send'), label: z.string().describe('Words to show') })).describe('What may be chosen'),
    result: z.enum(['solved', 'escalate']).nullable().describe('How it ended'), unsure: flag('The last answer was not understood; ask again'),
  }).describe('The step in hand'),
  path: z.array(walkedStep).describe('What was answered so far, steps taken back left out'), code: z.string().describe('Eight digits to go on in another front end, good for a day; empty when it ended'),
});
export type GuideView = z.output<typeof guideView>;

/** A step as a telephone menu says it. */
export const phonePrompt = z.object({
  runId: id('Run'), say: z.array(z.string().describe('Sentence')).describe('What to say, in order'), locale: z.string().describe('Language of the voice'),
  gather: z.object({
    digits: count('How many keys to wait for; 0 when only speech is taken'), speech: flag('Whether speech is taken'), tries: count('How often to ask before the caller counts as not knowing'),
    options: z.array(z.object({ digit: z.string().describe('Key'), answer: z.string().describe('Answer it means'), say: z.string().describe('Its words'), hear: z.array(z.string().describe('Word')).describe('Words that mean it') })).describe('At most four, then "more"'),
  }).nullable().describe('What to wait for, null at the end'),
  then: z.enum(['ask', 'hang-up', 'transfer']).describe('What comes next'),
});
export type PhonePrompt = z.output<typeof phonePrompt>;

/** How one step does. */
export const stepReport = z.object({
  nodeId: z.string().describe('Step'), title: z.string().describe('What it asks or tells'), entered: count('Runs that came here'), answered: count('Runs that went on'), back: count('Times taken back'), left: count('Runs that ended here without an outcome'), escalated: count('Runs that went to a person from here'), solved: count('Runs it solved'),
  seconds: z.number().nullable().describe('Median time on it'), loss: z.number().describe('Share of those who came that left, went back or asked for a person; weakest first'),
});
/** How a guide does. */
export const guideReport = z.object({
  runs: count('Runs'), solved: count('Solved'), escalated: count('Handed to a person'), left: count('Left'), running: count('Still running'), seconds: z.number().nullable().describe('Median time from start to end'),
  steps: z.array(stepReport).describe('Weakest first'), fronts: z.array(z.object({ front: guideFront, runs: count('Runs begun here') })).describe('By front end'), versions: z.array(z.object({ version: count('Version'), runs: count('Runs'), solved: count('Solved') })).describe('By version'),
});

export type GuideReport = z.output<typeof guideReport>;

/** Words of an answer, and whom to answer. */
export const guideAnswer = z.strictObject({
  nodeId: z.string().max(90).describe('The step that is answered'), answer: z.string().trim().min(1).max(2000).describe('A choice, a number, or words'), name: text(200, 'Name for a ticket').exactOptional(), address: line(254, 'Mail address or phone number to answer to').exactOptional(), text: text(20_000, 'Message for a ticket').exactOptional(),
  front: guideFront.exactOptional(),
});
export type GuideAnswer = z.output<typeof guideAnswer>;
