import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Guide, GuideGraph } from '../../../protocol';
import type { Actor, Ctx } from '../../kernel';
import { addGuide, publishGuide } from '../../knowledge';

type Written = Record<string, Pick<Guide, 'category' | 'audience'> & { graph: GuideGraph }>;

/** Publishes the guides of the demo company; one of them leads to another by its name in the file. */
export async function seedGuides(ctx: Ctx, actor: Actor): Promise<void> {
  const written = JSON.parse(await readFile(join(__dirname, 'guides.json'), 'utf8')) as Written;
  const ids = new Map<string, string>();
  for (const [name, guide] of Object.entries(written)) {
    const nodes = guide.graph.nodes.map((node) => (node.kind === 'link' ? { ...node, guideId: ids.get(node.guideId.toLowerCase()) ?? node.guideId } : node));
    const added = await addGuide(ctx, actor, { ...guide, graph: { ...guide.graph, nodes } });
    ids.set(name, added._id);
    await publishGuide(ctx, actor, added._id);
  }
}
