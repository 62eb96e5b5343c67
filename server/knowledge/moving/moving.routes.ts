import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { movingEndpoints as api } from '../../../protocol';
import { route, type RawRoutes, type Route } from '../../kernel';
import { presentImport } from './article-import.model';
import { exportKnowledge } from './export-knowledge';
import { beginImport, endImport, importById, importFiles } from './import-articles';
import { zip } from './zip';

/** REST routes of importing articles. */
export const movingRoutes: Route[] = [
  route(api.begin, 'article.write', async (ctx, actor, { body }) => presentImport(await beginImport(ctx, actor, body))),
  route(api.files, 'article.write', async (ctx, actor, { params, body }) => presentImport(await importFiles(ctx, actor, { id: params.id, ...body }))),
  route(api.end, 'article.write', async (ctx, _actor, { params }) => presentImport(await endImport(ctx, params.id))),
  route(api.read, 'article.read', async (ctx, _actor, { params }) => presentImport(await importById(ctx, params.id))),
];

/** The download of everything. */
export const exportPages: RawRoutes = {
  mount(router, contextFor) {
    router.get('/knowledge-export.zip', async (request, response) => {
      const ctx = await contextFor(request, 'article.write');
      response.setHeader('Content-Type', 'application/zip');
      response.setHeader('Content-Disposition', 'attachment; filename="knowledge.zip"');
      response.setHeader('Cache-Control', 'no-store');
      await pipeline(Readable.from(zip(exportKnowledge(ctx))), response);
    });
  },
};
