import { parse } from 'graphql';
import { type Log, silentLog } from '../../core/log.ts';
import { createPlanExecutor } from '../../gateway/executor/create-executor.ts';
import { createInProcessTransport } from '../../gateway/transport/in-process.ts';
import type { SubgraphAnswer, SubgraphTransport } from '../../gateway/transport/transport.ts';
import { createSmallTown } from './small-town.ts';

const town = createSmallTown();
const inProcess = createInProcessTransport(town.subgraphs);

/** What a subgraph was asked. */
export interface Sent {
  readonly subgraph: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The small town with some subgraphs answering otherwise; undefined is the real answer. */
export function runSmallTown(
  answers: Readonly<Record<string, (sent: Sent) => Promise<SubgraphAnswer> | undefined>> = {},
  log: Log = silentLog,
) {
  const sent: Sent[] = [];
  const transport: SubgraphTransport = {
    prepare(subgraph, operation) {
      const send = inProcess.prepare(subgraph, operation);
      return (variables, request) => {
        const asked = { subgraph, text: operation.text, variables };
        sent.push(asked);
        return answers[subgraph]?.(asked) ?? send(variables, request);
      };
    },
  };
  const executor = createPlanExecutor({ supergraphSdl: town.supergraphSdl, transport });
  const run = async (
    source: string,
    variables: Record<string, unknown> = {},
    signal = new AbortController().signal,
  ) => {
    const request = { context: {}, headers: {}, requestId: 'r', signal, log };
    const result = await executor.execute({
      document: parse(source),
      operationName: null,
      variables,
      request,
    });
    return JSON.parse(JSON.stringify(result));
  };
  return { run, sent };
}
