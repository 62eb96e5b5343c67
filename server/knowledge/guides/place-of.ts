import type { GuideGraph } from '../../../protocol';
import { problem, type Ctx } from '../../kernel';
import { guideById, publishedGraph } from './guide.model';
import { replay, type Place, type Step } from './walk';

/** What a run follows: its guide and the versions it stays on. */
export interface Following {
  guideId: string;
  versions: Record<string, number>;
}

/** Where a path stands, with the graphs it went through; a guide that is linked to joins with its version of today. */
export async function placeOf(ctx: Ctx, following: Following, steps: readonly Step[]): Promise<{ place: Exclude<Place, { kind: 'missing' }>; graphs: Map<string, GuideGraph>; versions: Record<string, number> }> {
  const graphs = new Map<string, GuideGraph>();
  const versions = { ...following.versions };
  for (;;) {
    const place = replay(graphs, following.guideId, steps);
    if (place.kind !== 'missing') return { place, graphs, versions };
    const version = versions[place.guideId] ?? (await guideById(ctx.companyId, place.guideId))?.version ?? 0;
    const graph = await publishedGraph(ctx.companyId, place.guideId, version);
    if (!graph && place.guideId === following.guideId) throw problem('not-found');
    // A linked guide that is gone: the run goes on behind the link.
    graphs.set(place.guideId, graph ?? { locales: ['en'], title: {}, about: {}, nodes: [{ kind: 'start', id: 'start', title: {}, body: {}, next: 'end' }, { kind: 'outcome', id: 'end', title: {}, body: {}, result: 'escalate' }] });
    versions[place.guideId] = version;
  }
}
