import { reasonOf } from '../../server/supervision/passed-over';

test('why somebody was passed over travels as a code, with names for ids and moments in ISO', () => {
  const nameOf = (kind: string, id: string) => `${kind} ${id}`;
  expect([
    reasonOf({ code: 'skill', skill: 'fr', has: 2, needs: 3 }, nameOf), reasonOf({ code: 'queue', queueId: 'q1' }, nameOf), reasonOf({ code: 'kept', agentId: 'b' }, nameOf), reasonOf({ code: 'cool-down', until: 5000 }, nameOf),
  ]).toEqual([
    { code: 'skill', params: { skill: 'skill fr', has: 2, needs: 3 } }, { code: 'queue', params: { queue: 'queue q1' } }, { code: 'kept', params: { agent: 'agent b' } }, { code: 'cool-down', params: { until: '1970-01-01T00:00:05.000Z' } },
  ]);
});
