// The door of the unified queue manager.
export { catalog, type JobName, type JobPayload } from './catalog';
export { consume, type ConsumerOptions, type JobHandlers } from './consume';
export { createProducer, type Producer } from './produce';
export { connect, connectPatiently, type RedisAddress } from './redis';
export { createWaitingRoom } from './room/room';
export type * from './room/room.types';
export type { AssignedBy, Decision, Outcome, RefusalCode } from './room/decisions';
export type { AgentSelection, QueueOrder, QueueRule } from './room/queue-rule';
export type { AgentProfile, AgentSeat, AgentState, StoredState } from './roster/agent';
export type { Preferred, Requirement, Ring, WorkItem } from './work-item';
export { comparePlans, type Comparison } from './simulate/play-plan';
export { planOf, type Plan, type PlanAgent, type PlanArrival, type PlanKind, type PlanQueue } from './simulate/plan';
export type { Random } from './simulate/random';
export { simulateVectors } from './simulate/vectors';
export { mayBecome } from './roster/agent-state';
export { isOver } from './roster/capacity';
export { explain, type Considered } from './matching/explain';
export type { WhyNot } from './matching/match';
