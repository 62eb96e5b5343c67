import { model } from 'mongoose';
import type { ServiceLevel, TargetSet } from '../../protocol';
import { houseSchema, remembered } from '../kernel';

/** Targets of a queue as stored. */
export type PolicyDoc = ServiceLevel & { _id: string; companyId: string };

const schema = houseSchema<PolicyDoc>({ queueId: { type: String, required: true }, targets: { type: Object, required: true } }, { collection: 'servicelevels' });
schema.index({ companyId: 1, queueId: 1 }, { unique: true });
const remember = remembered(schema, async (companyId: string) => ({ rows: await Policies.find({ companyId }).lean<PolicyDoc[]>() }));

export const Policies = model<PolicyDoc>('ServiceLevel', schema);

const none: TargetSet = { firstResponse: null, nextResponse: null, resolution: null };
/** Targets of a queue nobody has set any for. */
export const noTargets: ServiceLevel['targets'] = { low: none, normal: none, high: none, urgent: none };

/** The targets of a company's queues, those that have any. */
export const policiesOf = async (companyId: string): Promise<PolicyDoc[]> => (await remember(companyId)).rows;
/** The targets of a queue by priority. */
export const targetsOf = async (companyId: string, queueId: string): Promise<ServiceLevel['targets']> => (await policiesOf(companyId)).find((each) => each.queueId === queueId)?.targets ?? noTargets;
