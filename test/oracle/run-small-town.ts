import { type DocumentNode, parse } from 'graphql';
import { type Log, silentLog } from '../../core/log.ts';
import { noTelemetry, type Telemetry } from '../../core/telemetry/telemetry.ts';
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
  const plans = { made: 0 };
  const telemetry: Telemetry = {
    ...noTelemetry,
    timed: (part, _name, work) => {
      if (part === 'plan') plans.made++;
      return work();
    },
  };
  const executor = createPlanExecutor({ supergraphSdl: town.supergraphSdl, transport, telemetry });
  /** The same document object is the same document, planned once. */
  const run = async (
    source: string | DocumentNode,
    variables: Record<string, unknown> = {},
    signal = new AbortController().signal,
  ) => {
    const request = { context: {}, headers: {}, requestId: 'r', signal, log };
    const result = await executor.execute({
      document: typeof source === 'string' ? parse(source) : source,
      operationName: null,
      variables,
      request,
    });
    return JSON.parse(JSON.stringify(result));
  };
  return { run, sent, plans };
}
