import type { GuideFront, GuideReport } from '../../../protocol';
import type { Ctx } from '../../kernel';
import { guideById, publishedGraph } from './guide.model';
import { GuideRuns, type GuideRunDoc } from './guide-run.model';
import { say } from './say';

const dayMs = 86_400_000;
const mostRuns = 20_000;

interface Tally {
  entered: number;
  answered: number;
  back: number;
  left: number;
  escalated: number;
  solved: number;
  seconds: number[];
}

const blank = (): Tally => ({ entered: 0, answered: 0, back: 0, left: 0, escalated: 0, solved: 0, seconds: [] });
const median = (values: number[]): number | null => (values.length === 0 ? null : ([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null));

/** Counts one run: each answer, each step back, and where it ended. */
function count(tallies: Map<string, Tally>, run: GuideRunDoc): void {
  const tally = (at: string): Tally => {
    const found = tallies.get(at) ?? blank();
    tallies.set(at, found);
    return found;
  };
  let since = run.startedAt.getTime();
  const seen = new Set<string>();
  for (const step of run.steps) {
    const own = tally(step.at);
    if (!seen.has(step.at)) own.entered += 1;
    seen.add(step.at);
    if (step.dropped) own.back += 1;
    else own.answered += 1;
    own.seconds.push((step.when.getTime() - since) / 1000);
    since = step.when.getTime();
  }
  const last = run.steps.filter((step) => !step.dropped).at(-1);
  if (run.at && !seen.has(run.at.at)) tally(run.at.at).entered += 1;
  if (run.state === 'solved' && last) tally(last.at).solved += 1;
  if (run.state === 'escalated' && last) tally(last.at).escalated += 1;
  if (run.at && run.state === 'left') tally(run.at.at).left += 1;
  if (run.at && run.state === 'running' && run.ticketId) tally(run.at.at).escalated += 1;
}

const lossOf = (own: Tally): number => (own.entered === 0 ? 0 : Math.min(1, (own.left + own.back + own.escalated) / own.entered));

/** How a guide did since some days ago; the steps that lose most people first. */
export async function reportOf(ctx: Ctx, guideId: string, { days, locale }: { days: number; locale: string }): Promise<GuideReport> {
  const { companyId } = ctx;
  const runs = await GuideRuns.find({ companyId, guideId, startedAt: { $gt: new Date(ctx.clock.now() - days * dayMs) } }).sort({ startedAt: -1 }).limit(mostRuns).lean<GuideRunDoc[]>();
  const guide = await guideById(companyId, guideId);
  const graph = guide && ((await publishedGraph(companyId, guideId, guide.version)) ?? guide.draft);
  const tallies = new Map<string, Tally>();
  for (const run of runs) count(tallies, run);
  const titleOf = (at: string): string => {
    const [nodeId, symptom] = at.split('/');
    const node = graph?.nodes.find((each) => each.id === nodeId);
    return say(node?.kind === 'diagnose' ? node.questions.find((each) => each.id === symptom)?.title : node?.title, locale) || at;
  };
  const steps = [...tallies].map(([nodeId, own]): StepReportRow => ({ nodeId, title: titleOf(nodeId), entered: own.entered, answered: own.answered, back: own.back, left: own.left, escalated: own.escalated, solved: own.solved, seconds: median(own.seconds), loss: lossOf(own) }));
  return { ...totals(runs), steps: steps.sort((a, b) => b.loss - a.loss || b.entered - a.entered) };
}

type StepReportRow = GuideReport['steps'][number];

function totals(runs: GuideRunDoc[]): Omit<GuideReport, 'steps'> {
  const of = (state: GuideRunDoc['state']): number => runs.filter((run) => run.state === state).length;
  const fronts = [...new Set(runs.map((run) => run.begunIn))].map((front: GuideFront) => ({ front, runs: runs.filter((run) => run.begunIn === front).length }));
  const numbers = [...new Set(runs.map((run) => run.versions[run.guideId] ?? 0))].sort((a, b) => b - a);
  const versions = numbers.map((version) => {
    const own = runs.filter((run) => run.versions[run.guideId] === version);
    return { version, runs: own.length, solved: own.filter((run) => run.state === 'solved').length };
  });
  const ended = runs.flatMap((run) => (run.endedAt ? [(run.endedAt.getTime() - run.startedAt.getTime()) / 1000] : []));
  return { runs: runs.length, solved: of('solved'), escalated: of('escalated'), left: of('left'), running: of('running'), seconds: median(ended), fronts, versions };
}
