import { guideEndpoints as api } from '../../../protocol';
import { problem, route, type Actor, type Call, type Ctx, type Route } from '../../kernel';
import { brandAskedBy } from '../belonging';
import { publicGuides } from './guide.model';
import { GuideRuns, runById, type GuideRunDoc } from './guide-run.model';
import { pressRun, promptOf } from './phone-run';
import { guidePorts } from './ports';
import { answerRun, resumeRun, rewindRun, runOfToken, startRun, tokenOf, viewOf } from './run-guide';
import { say } from './say';
import { standing } from './guide-run.model';

const starting = { points: 60, seconds: 600 };
const guessing = { points: 10, seconds: 600 };

/** The run a customer's token belongs to. Throws not-found for any other. */
async function mine(ctx: Ctx, { params, request }: { params: { id: string }; request: Call<typeof api.show>['request'] }): Promise<GuideRunDoc> {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const run = runOfToken(ctx, token) === params.id ? await runById(ctx.companyId, params.id) : null;
  if (!run) throw problem('not-found');
  return run;
}

/** A run on a ticket the actor may read. */
async function ofTicket(ctx: Ctx, actor: Actor, runId: string): Promise<GuideRunDoc> {
  const run = await runById(ctx.companyId, runId);
  if (!run?.ticketId) throw problem('not-found');
  await guidePorts().demandTicket(ctx, actor, run.ticketId);
  return run;
}

/** What was tried on a ticket, newest first. */
async function runsOf(ctx: Ctx, ticketId: string): Promise<GuideRunDoc[]> {
  return GuideRuns.find({ companyId: ctx.companyId, ticketId }).sort({ startedAt: -1 }).limit(20).lean<GuideRunDoc[]>();
}

const customerRoutes: Route[] = [
  route(api.offered, null, async (ctx, _actor, { query, request }) => ({ rows: (await publicGuides(ctx.companyId, await brandAskedBy(ctx, request, query.brand))).slice(0, 100).map(({ guide, graph }) => ({ id: guide._id, title: say(graph.title, query.locale ?? 'en'), about: say(graph.about, query.locale ?? 'en') })) })),
  route(api.start, null, async (ctx, _actor, { params, body, request }) => {
    await ctx.limits.take('guide-start', request.ip ?? 'unknown', starting);
    const view = await startRun(ctx, { guideId: params.id, locale: body.locale ?? 'en', front: body.front === 'console' ? 'widget' : body.front, brandId: await brandAskedBy(ctx, request, body.brand), attributes: body.attributes, ...(body.session ? { session: body.session } : {}) });
    return { ...view, token: tokenOf(ctx, view.runId) };
  }),
  route(api.resume, null, async (ctx, _actor, { body, request }) => {
    await ctx.limits.take('guide-resume', request.ip ?? 'unknown', guessing);
    const view = await resumeRun(ctx, body.code, { front: body.front === 'console' ? 'widget' : body.front, brandId: await brandAskedBy(ctx, request, body.brand) });
    return { ...view, token: tokenOf(ctx, view.runId) };
  }),
  route(api.show, null, async (ctx, _actor, call) => viewOf(ctx, await mine(ctx, call))),
  route(api.answer, null, async (ctx, _actor, call) => {
    const run = await mine(ctx, call);
    return answerRun(ctx, run, { input: call.body, walker: { front: call.body.front ?? run.front, by: 'customer' } });
  }),
  route(api.back, null, async (ctx, _actor, call) => {
    const run = await mine(ctx, call);
    return rewindRun(ctx, run, standing(run).length - 1);
  }),
  route(api.phone, null, async (ctx, _actor, call) => promptOf(ctx, await mine(ctx, call), { part: call.query.part })),
  route(api.press, null, async (ctx, _actor, call) => pressRun(ctx, await mine(ctx, call), call.body)),
];

const agentRoutes: Route[] = [
  route(api.ticketRuns, 'ticket.read', async (ctx, actor, { params }) => {
    await guidePorts().demandTicket(ctx, actor, params.id);
    return { rows: await Promise.all((await runsOf(ctx, params.id)).map((run) => viewOf(ctx, run))) };
  }),
  route(api.begin, 'ticket.read', async (ctx, actor, { params, body }) => {
    await guidePorts().demandTicket(ctx, actor, params.id);
    return startRun(ctx, { guideId: body.guideId, locale: body.locale ?? 'en', front: 'console', ticketId: params.id });
  }),
  route(api.proceed, 'ticket.read', async (ctx, actor, { params, body }) => answerRun(ctx, await ofTicket(ctx, actor, params.id), { input: body, walker: { front: 'console', by: 'agent' } })),
  route(api.rewind, 'ticket.read', async (ctx, actor, { params, body }) => rewindRun(ctx, await ofTicket(ctx, actor, params.id), body.keep)),
];

/** REST routes of runs: for customers by token, for agents by ticket. */
export const guideRunRoutes: Route[] = [...customerRoutes, ...agentRoutes];
