import { Router } from 'express';
import type { FirstOperation } from './first-operation.ts';
import { type GraphiqlFiles, graphiqlFiles, graphiqlPage } from './graphiql.ts';
import { sandboxPage } from './sandbox.ts';

/** `/` is Apollo Sandbox, `/graphiql` GraphiQL from our own files. Outside production only. */
export function landingPages(firstOperation: () => Promise<FirstOperation>): Router {
  const router = Router();
  let files: Promise<GraphiqlFiles> | undefined;
  router.get('/', async (_request, response) => {
    response
      .type('html')
      .set('cache-control', 'no-store')
      .send(sandboxPage('/graphql', await firstOperation()));
  });
  router.get('/graphiql', async (_request, response) => {
    response
      .type('html')
      .set('cache-control', 'no-store')
      .send(graphiqlPage('/graphql', await firstOperation()));
  });
  router.get('/graphiql/:file', async (request, response, next) => {
    files ??= graphiqlFiles();
    const known = await files;
    const { file: name } = request.params;
    const file = Object.hasOwn(known, name) ? known[name] : undefined;
    if (file === undefined) return next();
    response.type(file.mediaType).set('cache-control', 'max-age=3600').send(file.text);
  });
  return router;
}
