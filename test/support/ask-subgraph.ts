import { execute, type GraphQLSchema, parse, validate } from 'graphql';
import { memoryAudit } from '../../core/audit.ts';
import { frozenClock } from '../../core/clock.ts';
import type { Caller } from '../../core/identity/caller.ts';
import { silentLog } from '../../core/log.ts';
import type { Legacy } from '../../legacy/ports/legacy.ts';
import { createScope } from '../../subgraphs/skeleton/scope.ts';

export type FakeLegacy = { readonly [Port in keyof Legacy]?: Partial<Legacy[Port]> };

/** One operation against one subgraph's schema, as a caller, with the ports that the test gives. */
export async function askSubgraph(
  schema: GraphQLSchema,
  source: string,
  as: Caller,
  legacy: FakeLegacy,
  variables: Record<string, unknown> = {},
) {
  const document = parse(source);
  const invalid = validate(schema, document);
  if (invalid.length > 0) throw invalid[0];
  const audit = memoryAudit();
  const ground = { legacy: legacy as Legacy, clock: frozenClock('2026-10-15T09:00'), log: silentLog, audit };
  const scope = createScope(ground, { caller: as, requestId: 'request-1', language: 'it' });
  const result = await execute({ schema, document, contextValue: scope, variableValues: variables });
  return {
    ...(JSON.parse(JSON.stringify(result)) as { data: unknown; errors?: readonly Record<string, unknown>[] }),
    events: audit.events,
  };
}
