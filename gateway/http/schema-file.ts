import type { RequestHandler } from 'express';
import { type GraphQLSchema, printSchema } from 'graphql';

/**
 * `GET /schema.graphql`: the public schema for client generators, in production too, where introspection is off.
 */
export function schemaFile(schema: GraphQLSchema): RequestHandler {
  const text = `${printSchema(schema).trimEnd()}\n`;
  return (_request, response) => {
    response.type('text/plain; charset=utf-8').set('cache-control', 'public, max-age=300').send(text);
  };
}
