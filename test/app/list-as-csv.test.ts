// Any list is had as a file: every page of it, nested values as columns of their own.
import { z } from 'zod';
import { endpoint, ticketEndpoints } from '../../protocol';
import { isList, listAsCsv } from '../../server/app/list-as-csv';
import { mountAll } from '../../server/app/domains';
import { findChannels } from '../../server/channels/registry';
import { openHouse, type House } from '../access/house';

const list = endpoint({ name: 'thing.list', method: 'GET', path: '/things', summary: 'Things', audience: 'account', query: z.strictObject({ after: z.string().optional(), limit: z.coerce.number().max(200).default(50) }), response: z.object({ rows: z.array(z.object({ id: z.string() })), next: z.string().nullable() }) });
const pages: Record<string, { rows: Record<string, unknown>[]; next: string | null }> = {
  '': { rows: [{ id: 'a', by: { name: 'Ann, "A"', at: new Date(0) }, tags: ['x', 'y'] }], next: '2' },
  2: { rows: [{ id: 'b', note: '=1+1', parts: [{ n: 1 }], n: 5, none: null }], next: null },
};

test('all pages, one header, nested names with dots, formulas made harmless', async () => {
  const asked: unknown[] = [];
  const text = await listAsCsv({ endpoint: list as never }, { q: 'w' }, async (query) => {
    asked.push(query);
    return pages[String(query['after'] ?? '')] as (typeof pages)[string];
  });
  expect(text.split('\r\n')).toEqual(['id,by.name,by.at,tags,note,parts,n,none', 'a,"Ann, ""A""",1970-01-01T00:00:00.000Z,x y,,,,', `b,,,,'=1+1,"{""n"":1}",5,`, '']);
  expect(asked).toEqual([{ q: 'w', limit: 200 }, { q: 'w', limit: 200, after: '2' }]);
});

describe('of the whole server', () => {
  let house: House;
  beforeAll(async () => { house = await openHouse(); }, 60_000);
  afterAll(() => house.stop());

  test('most lists are files; tickets and customers have their own, with abilities of their own', () => {
    const lists = mountAll(house.services, findChannels()).mounts.flatMap((mount) => mount.routes ?? []).filter(isList).map((each) => each.endpoint.name);
    expect(lists).toEqual(expect.arrayContaining(['account.list', 'audit.list', 'agent.list', 'queue.list', 'article.list', 'work-item.list']));
    expect(lists).not.toContain(ticketEndpoints.list.name);
    expect(lists.length).toBeGreaterThan(15);
  });
});
