import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { unmetLoad } from './unmet-load';

const id = z.string().min(1).optional();
const rate = z.number().min(0).max(100_000);
const flowing = z.number().min(1e-6).max(100_000);
const minutes = z.number().min(1e-4).max(1e6);
const value = z.number().nullish();
const values = z.array(z.number().nullable()).nullish();
const estimated = z.looseObject({ mean: z.number(), half95: z.number().min(0) });

const single = {
  id, agents: z.int().min(1).max(5000), arrivals_per_min: flowing, mean_service_min: minutes, threshold_s: z.number().min(0).default(20),
};
const lossCase = z.looseObject({ id, agents: z.int().min(1).max(5000), offered_load: flowing, p_block: value });
const patientCase = z.looseObject({ ...single, p_wait: value, asa_min: value, service_level: value, occupancy: value })
  .refine((one) => one.arrivals_per_min * one.mean_service_min < one.agents, { error: 'more arrives than these agents can ever work off, and nobody gives up: there is nothing to compare with' });
const impatientCase = z.looseObject({
  ...single, mean_patience_min: z.number().min(1e-4).max(1e9), p_wait: value, p_abandon: value, asa_all_min: value, occupancy: value,
  sl_served_of_all: value, sl_served_of_served: value, sl_served_or_abandoned_of_all: value, abandoned_within_threshold_of_all: value,
});
const skillsCase = z.looseObject({
  id, arrivals_per_min: z.array(rate).min(1).max(200), skills_of_agent: z.array(z.array(z.int().min(0))).min(1).max(2000),
  service_per_min: z.union([z.array(flowing), flowing]).default(1), p_wait: values, asa_min: values, mean_busy: value,
}).superRefine((one, context) => {
  const classes = one.arrivals_per_min.length;
  const wrong = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
  if (!one.arrivals_per_min.some((each) => each > 0)) wrong('arrivals_per_min', 'nothing arrives');
  for (const name of ['p_wait', 'asa_min'] as const) if (one[name] && one[name].length !== classes) wrong(name, `${one[name].length} values for ${classes} classes`);
  one.skills_of_agent.forEach((held, agent) => held.forEach((c) => { if (c >= classes) wrong('skills_of_agent', `agent ${agent} takes class ${c}, but the last class is ${classes - 1}`); }));
  if (Array.isArray(one.service_per_min) && one.service_per_min.length !== one.skills_of_agent.length) wrong('service_per_min', `${one.service_per_min.length} values for ${one.skills_of_agent.length} agents`);
  if (context.issues.length > 0) return;
  const short = unmetLoad({ arrivals: one.arrivals_per_min, speeds: speedsOf(one), skills: one.skills_of_agent });
  if (short) wrong('arrivals_per_min', `more arrives in class${short.length > 1 ? 'es' : ''} ${short.join(', ')} than the agents who take ${short.length > 1 ? 'them' : 'it'} can ever work off: there is nothing to compare with`);
});
const poolingSetup = z.looseObject({
  classes: z.int().min(2).max(50), agents: z.int().min(1).max(5000), extra_places_shared: z.int().min(0).max(100_000), mean_service_min: minutes, threshold_s: z.number().min(0),
});
const pooled = { p_wait: estimated, asa_min: estimated, service_level: estimated, p_block: estimated };
const poolingPart = z.looseObject({
  setup: poolingSetup,
  loads: z.array(z.looseObject({
    offered_load: z.number(), arrivals_per_min_total: flowing, exact_full_pooling: z.looseObject({ p_wait: z.number(), asa_min: z.number(), service_level: z.number(), p_block: z.number() }).optional(),
    simulated: z.array(z.looseObject({ skills_per_agent: z.int().min(1), freed_agent_rule: z.string(), ...pooled })).default([]),
  })),
}).refine(({ setup, loads }) => loads.every((load) => load.simulated.every((row) => row.skills_per_agent <= setup.classes)), { error: 'an agent has more skills than there are classes' });
const frontierPart = z.looseObject({
  setup: z.looseObject({ arrivals_per_min: z.array(flowing).length(2), mean_service_min: minutes, targets_min: z.array(z.number().min(0)).length(2) }),
  rows: z.array(z.looseObject({ agents: z.int().min(1).max(5000), policy: z.string(), class0_hit: estimated, class1_hit: estimated, both_hit: estimated, class0_p999_wait_min: estimated, class1_p999_wait_min: estimated })),
});
const casesOf = <T extends z.ZodType>(one: T) => z.looseObject({ cases: z.array(one) });

/** A file of reference cases: what is not named here is left alone; reference values may be missing. */
export const vectorFile = z.looseObject({
  erlangB: casesOf(lossCase).optional(), erlangC: casesOf(patientCase).optional(), erlangA: casesOf(impatientCase).optional(), alis: casesOf(skillsCase).optional(),
  pooling: poolingPart.optional(), policyFrontier: frontierPart.optional(),
});
export type VectorFile = z.input<typeof vectorFile>;
export type CheckedFile = z.output<typeof vectorFile>;
export type LossCase = z.output<typeof lossCase>;
export type SingleCase = z.output<typeof patientCase> & { mean_patience_min?: number };
export type SkillsCase = z.output<typeof skillsCase>;
export type Pooling = z.output<typeof poolingPart>;
export type Frontier = z.output<typeof frontierPart>;

/** How fast each agent works, in services a minute. */
export function speedsOf(one: { service_per_min: number | number[]; skills_of_agent: number[][] }): number[] {
  return one.skills_of_agent.map((_, i) => (Array.isArray(one.service_per_min) ? one.service_per_min[i] ?? 1 : one.service_per_min));
}

/** Reads and checks a file; throws an error whose message says what is wrong where. */
export async function readVectors(source: string | VectorFile): Promise<CheckedFile> {
  let given: unknown = source;
  if (typeof source === 'string') {
    const text = await readFile(source, 'utf8').catch((error: NodeJS.ErrnoException) => { throw new Error(`${source} cannot be read: ${error.code ?? error.message}`); });
    try { given = JSON.parse(text); } catch (error) { throw new Error(`${source} is not JSON: ${error instanceof Error ? error.message : ''}`); }
  }
  const checked = vectorFile.safeParse(given);
  if (checked.success) return checked.data;
  const said = checked.error.issues.slice(0, 10).map(({ path, message }) => `${nameOf(given, path)}${message}`);
  throw new Error(`These reference cases cannot be played:\n${said.map((line) => `  ${line}`).join('\n')}`);
}

/** "alis, case S1, skills_of_agent: ", with the case's own name where it has one. */
function nameOf(given: unknown, path: readonly PropertyKey[]): string {
  const parts: string[] = [];
  let at = given;
  for (const key of path) {
    at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
    const named = typeof at === 'object' && at !== null ? Reflect.get(at, 'id') : undefined;
    if (key !== 'cases') parts.push(typeof key === 'number' ? `${parts.length === 1 ? 'case ' : ''}${typeof named === 'string' ? named : key}` : String(key));
  }
  return parts.length > 0 ? `${parts.join(', ')}: ` : '';
}
