import { ApolloGateway, LocalGraphQLDataSource, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import { counters } from './counters.ts';
import { headersFor, openSubgraphs, readSupergraph, serve } from './our-subgraphs.ts';

/** `@apollo/gateway` behind Apollo Server and express, as its documentation sets it up. `in-process` or `http`. */
const [transport] = process.argv.slice(2);
interface Context {
  readonly authorization?: string | undefined;
}

class CountedLocal extends LocalGraphQLDataSource<Context> {
  override process(options: Parameters<LocalGraphQLDataSource<Context>['process']>[0]) {
    counters.subgraphCalls++;
    return super.process(options);
  }
}

class Authorized extends RemoteGraphQLDataSource<Context> {
  override willSendRequest({
    request,
    context,
  }: Parameters<NonNullable<RemoteGraphQLDataSource['willSendRequest']>>[0]) {
    const headers = headersFor((context as Context).authorization);
    for (const [name, value] of Object.entries(headers)) request.http?.headers.set(name, value);
  }
}

const own = transport === 'in-process' ? await openSubgraphs() : null;
const gateway = new ApolloGateway({
  supergraphSdl: await readSupergraph(),
  buildService({ name = '', url = '' }) {
    const schema = own?.schemas.get(name);
    return schema === undefined ? new Authorized({ url }) : new CountedLocal(schema);
  },
});
const server = new ApolloServer<Context>({ gateway });
await server.start();
const app = express();
app.use(
  '/graphql',
  express.json(),
  expressMiddleware(server, {
    context: async ({ req }) => {
      const { authorization } = req.headers;
      return own === null ? { authorization } : ((await own.openContext(authorization)) as Context);
    },
  }),
);
await serve(app);
