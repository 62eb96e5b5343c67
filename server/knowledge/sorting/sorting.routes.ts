import { sortingEndpoints as api } from '../../../protocol';
import { route, writeSetting, type Route } from '../../kernel';
import { guessLanguage } from '../search';
import { sortersOf } from './sorter.model';
import { sortRequest } from './sort-request';
import { askTraining, aspects, isTraining, settingsOf } from './train-sorters';

/** REST routes of sorting requests. */
export const sortingRoutes: Route[] = [
  route(api.read, 'queue.manage', async (ctx) => {
    const [settings, rows, training] = await Promise.all([settingsOf(ctx.companyId), sortersOf(ctx.companyId), isTraining(ctx)]);
    const sorters = aspects.map((aspect) => {
      const found = rows.find((row) => row.aspect === aspect);
      return { aspect, trainedAt: found?.trainedAt.toISOString() ?? null, rows: found?.rows ?? 0, labels: found?.labels ?? [], measured: found?.measured ?? null };
    });
    return { ...settings, sorters, training };
  }),
  route(api.labels, 'ticket.read', async (ctx) => ({ rows: (await sortersOf(ctx.companyId)).map(({ aspect, labels }) => ({ aspect, labels: labels.map((each) => each.label).sort() })) })),
  route(api.put, 'queue.manage', async (ctx, _actor, { body }) => {
    await writeSetting(ctx.companyId, 'sorting', body);
    await askTraining(ctx);
    return {};
  }),
  route(api.train, 'queue.manage', async (ctx) => {
    await askTraining(ctx);
    return {};
  }),
  route(api.try, 'queue.manage', async (ctx, _actor, { body }) => ({ language: guessLanguage(body.text) ?? null, ...(await sortRequest(ctx, body.text)) })),
];
