import { guideEndpoints as api, type Guide, type GuideGraph, type GuideView } from '../../../protocol';
import { badInput, problem, route, type Actor, type Ctx, type Route } from '../../kernel';
import { brandsByKey } from '../belonging';
import { guideById } from './guide.model';
import { reportOf } from './guide-report';
import { stepOf, walked } from './present-step';
import { say } from './say';
import { understand } from './understand';
import { replay, type Place, type Step } from './walk';
import { addGuide, archiveGuide, changeGuide, faultsOf, fileOf, listGuides, presentGuide, publishGuide, savingsOf } from './write-guide';

const languageOf = (locale: string | undefined): string => locale ?? 'en';

async function readGuide(ctx: Ctx, actor: Actor, id: string): Promise<Guide> {
  const guide = await guideById(ctx.companyId, id);
  if (!guide) throw problem('not-found');
  return presentGuide(ctx, actor, guide);
}

const none = '0'.repeat(24);

/** A draft walked through without keeping anything; a link is shown as passed. */
function preview(graph: GuideGraph, answers: string[], locale: string): GuideView {
  const bypassed: GuideGraph = { ...graph, nodes: graph.nodes.map((node) => (node.kind === 'link' ? { kind: 'guidance', id: node.id, title: { [locale]: `→ ${say(node.title, locale)}` }, body: {}, edges: [{ answer: 'done', to: node.next }] } : node)) };
  const graphs = new Map([[none, bypassed]]);
  const steps: Step[] = [];
  let unsure = false;
  let place: Place = replay(graphs, none, steps);
  const path: GuideView['path'] = [];
  for (const said of answers) {
    if (place.kind !== 'step') break;
    const understood = understand(place, said, locale);
    unsure = understood === null;
    if (!understood) continue;
    steps.push({ guideId: none, at: place.at, answer: understood.answer });
    path.push(walked(graphs, { guideId: none, version: 0, at: place.at, ...understood, said, front: 'console', by: 'agent', when: new Date(0), dropped: false }, locale));
    place = replay(graphs, none, steps);
  }
  if (place.kind === 'missing') throw problem('not-found');
  const state = place.kind === 'step' ? 'running' : place.result === 'solved' ? 'solved' : 'escalated';
  return { runId: none, guideId: none, title: say(graph.title, locale), locale, state, ticketId: null, step: stepOf(place, locale, unsure), path, code: '' };
}

/** REST routes of guides for their authors. */
export const guideRoutes: Route[] = [
  route(api.list, 'article.read', async (ctx, _actor, { query }) => ({ rows: await listGuides(ctx, languageOf(query.locale)) })),
  route(api.read, 'article.read', (ctx, actor, { params }) => readGuide(ctx, actor, params.id)),
  route(api.add, 'guide.write', async (ctx, actor, { body }) => presentGuide(ctx, actor, await addGuide(ctx, actor, body))),
  route(api.change, 'guide.write', async (ctx, actor, { params, body }) => {
    const { revision, ...change } = body;
    return presentGuide(ctx, actor, await changeGuide(ctx, actor, { id: params.id, revision, change }));
  }),
  route(api.publish, 'guide.write', async (ctx, actor, { params }) => presentGuide(ctx, actor, await publishGuide(ctx, actor, params.id))),
  route(api.archive, 'guide.write', async (ctx, actor, { params }) => presentGuide(ctx, actor, await archiveGuide(ctx, actor, params.id))),
  route(api.exportOne, 'article.read', async (ctx, _actor, { params }) => {
    const guide = await guideById(ctx.companyId, params.id);
    if (!guide) throw problem('not-found');
    return fileOf(guide);
  }),
  route(api.importOne, 'guide.write', async (ctx, actor, { body }) => {
    const brandIds = (await brandsByKey(ctx.companyId))(body.brands ?? []);
    if (!brandIds) throw badInput({ brands: 'must be keys of brands of this company' });
    return presentGuide(ctx, actor, await addGuide(ctx, actor, { category: body.category, audience: body.audience, graph: body.graph, brandIds }));
  }),
  route(api.check, 'article.read', async (ctx, _actor, { body }) => ({ faults: await faultsOf(ctx, body.graph, body.guideId ?? ''), savings: savingsOf(body.graph) })),
  route(api.preview, 'article.read', async (_ctx, _actor, { body }) => preview(body.graph, body.answers, languageOf(body.locale))),
  route(api.report, 'article.read', (ctx, _actor, { params, query }) => reportOf(ctx, params.id, { days: query.days, locale: languageOf(query.locale) })),
];
