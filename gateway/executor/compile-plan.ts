import type {
  BatchFetchNode,
  FetchNode,
  FlattenNodePathSegment,
  InputRewrite,
  OutputRewrite,
  PlanNode,
  QueryPlan,
} from '@graphql-hive/router-query-planner';
import { Kind, parse, type SelectionNode } from 'graphql';
import { AppError } from '../../core/errors.ts';
import type {
  PreparedOperation,
  SubgraphAnswer,
  SubgraphError,
  SubgraphTransport,
} from '../transport/transport.ts';
import { type Data, type Execution, internalLoss, type Loss, publicLoss, recordLoss } from './execution.ts';
import { mergeInto } from './merge.ts';
import { type BuildRepresentation, compileRepresentation } from './representation.ts';
import { compileRewrites, interfaceNamedBy, type Rewrite } from './rewrite.ts';
import { compileTargetPath, type TargetPath, targetObjects, targetsWithPaths } from './targets.ts';
import type { Types } from './types.ts';

/** One step of a plan as a function; undefined when it had nothing to wait for. */
type Step = (execution: Execution) => Promise<void> | undefined;

/** Turns plans into one function, which does one after the other. */
export function compilePlans(plans: readonly QueryPlan[], types: Types, transport: SubgraphTransport): Step {
  const steps = plans.map((plan) => compilePlan(plan, types, transport));
  return steps.length === 1 && steps[0] !== undefined ? steps[0] : inSequence(steps);
}

/** Turns a plan into closures, each with its subgraph operation prepared. */
function compilePlan(plan: QueryPlan, types: Types, transport: SubgraphTransport): Step {
  return plan.node === undefined || plan.node === null ? nothing : compileNode(plan.node, []);

  function compileNode(node: PlanNode, path: readonly FlattenNodePathSegment[]): Step {
    switch (node.kind) {
      case 'Sequence':
        return inSequence(node.nodes.map((child) => compileNode(child, path)));
      case 'Parallel':
        return inParallel(node.nodes.map((child) => compileNode(child, path)));
      case 'Flatten':
        return compileNode(node.node, [...path, ...node.path]);
      case 'Fetch':
        return node.requires ? entityFetch(node, path) : rootFetch(node, path);
      case 'BatchFetch':
        return batchFetch(node, path);
      default:
        throw new AppError('BAD_USER_INPUT', `Operations that need ${node.kind} are not supported.`);
    }
  }

  function rootFetch(node: FetchNode, path: readonly FlattenNodePathSegment[]): Step {
    const send = prepare(node);
    const fields = fieldsOf(node.operation, null);
    const pick = variablePicker(node.variableUsages);
    const rewrite = compileRewrites(node.outputRewrites, types);
    const targetPath = compileTargetPath(path, types);
    return async (execution) => {
      const targets = path.length === 0 ? [execution.data] : targetObjects(execution.data, targetPath);
      const answer = await ask(send, pick(execution), execution);
      if (answer instanceof AppError) return loseAll(execution, targets, fields, answer);
      const { data } = answer;
      if (data) {
        rewrite?.(data);
        for (const target of targets) mergeInto(target, data, types.interfaceObjects);
      }
      for (const error of answer.errors ?? []) {
        const loss = publicLoss(error);
        logMasked(execution, error, loss, node.serviceName);
        if (!data || error.path === undefined) loseAll(execution, targets, fields, loss);
        else execution.errors.push({ ...loss, path: error.path });
      }
    };
  }

  function entityFetch(node: FetchNode, path: readonly FlattenNodePathSegment[]): Step {
    const entities = compileEntities(
      { ...node, requires: node.requires ?? [], paths: [path], alias: '_entities' },
      node.operation,
    );
    const send = prepare(node);
    const pick = variablePicker(node.variableUsages);
    return (execution) => {
      const batch = entities.gather(execution);
      if (batch.representations.length === 0) return undefined;
      const variables = pick(execution);
      variables.representations = batch.representations;
      return settle(execution, send, variables, [batch], node.serviceName);
    };
  }

  function batchFetch(node: BatchFetchNode, path: readonly FlattenNodePathSegment[]): Step {
    const send = prepare(node);
    const pick = variablePicker(node.variableUsages);
    const parts = node.entityBatch.aliases.map((alias) => ({
      variable: alias.representationsVariableName,
      entities: compileEntities(
        { ...alias, paths: alias.paths.map((own) => [...path, ...own]) },
        node.operation,
      ),
    }));
    return (execution) => {
      const variables = pick(execution);
      let count = 0;
      const batches = parts.map(({ variable, entities }) => {
        const batch = entities.gather(execution);
        variables[variable] = batch.representations;
        count += batch.representations.length;
        return batch;
      });
      return count === 0 ? undefined : settle(execution, send, variables, batches, node.serviceName);
    };
  }

  function prepare({ serviceName, operation, operationKind }: FetchNode | BatchFetchNode): PreparedOperation {
    return transport.prepare(serviceName, {
      text: operation,
      kind: operationKind === 'mutation' ? 'mutation' : 'query',
    });
  }

  function compileEntities(source: PlannedEntities, operation: string) {
    const entities: Entities = {
      alias: source.alias,
      paths: source.paths.map((path) => compileTargetPath(path, types)),
      build: compileRepresentation(source.requires, interfaceNamedBy(source.inputRewrites), types),
      rewriteInput: compileRewrites(source.inputRewrites, types),
      rewriteOutput: compileRewrites(source.outputRewrites, types),
      fields: fieldsOf(operation, source.alias),
      types,
    };
    return { gather: (execution: Execution) => gatherBatch(execution, entities) };
  }
}

/** One `_entities` field as the planner wants it. */
interface PlannedEntities {
  readonly alias: string;
  readonly paths: readonly (readonly FlattenNodePathSegment[])[];
  readonly requires: Parameters<typeof compileRepresentation>[0];
  readonly inputRewrites?: InputRewrite[];
  readonly outputRewrites?: OutputRewrite[];
}

interface Entities {
  readonly alias: string;
  readonly paths: readonly TargetPath[];
  readonly build: BuildRepresentation;
  readonly rewriteInput: Rewrite | null;
  readonly rewriteOutput: Rewrite | null;
  /** The response keys that it brings. */
  readonly fields: readonly string[];
  readonly types: Types;
}

/** The distinct entities of one `_entities` field and the objects that each answer goes to. */
interface Batch {
  readonly source: Entities;
  readonly representations: readonly Data[];
  readonly receivers: readonly (readonly Data[])[];
}

function gatherBatch(execution: Execution, source: Entities): Batch {
  const representations: Data[] = [];
  const receivers: Data[][] = [];
  const known = new Map<string, number>();
  for (const path of source.paths) {
    for (const object of targetObjects(execution.data, path)) {
      const representation = source.build(object);
      if (representation === undefined) loseUnaskable(execution, object, source);
      if (representation === undefined || representation === null) continue;
      source.rewriteInput?.(representation);
      const key = keyOf(representation);
      const at = known.get(key);
      if (at !== undefined) {
        receivers[at]?.push(object);
        continue;
      }
      known.set(key, representations.length);
      representations.push(representation);
      receivers.push([object]);
    }
  }
  return { source, representations, receivers };
}

/**
 * An object lacks a value that is required of it. Where something was lost or is unknown to a subgraph, that may be so;
 * where all is there, plan or subgraph are wrong, and null would be a false answer.
 */
function loseUnaskable(execution: Execution, object: Data, source: Entities): void {
  if (execution.losses !== undefined || execution.errors.length > 0 || execution.hasAbsent) return;
  const { log, requestId } = execution.request;
  log.error('gateway.required-value-missing', { requestId, fields: source.fields });
  recordLoss(execution, object, source.fields, internalLoss);
}

/** Nearly all are a type and an id: putting those together takes a third of what JSON does. */
function keyOf(representation: Data): string {
  const { __typename: type, id } = representation;
  const isPlain =
    typeof type === 'string' && typeof id === 'string' && Object.keys(representation).length === 2;
  return isPlain ? `${type} ${id}` : JSON.stringify(representation);
}

async function settle(
  execution: Execution,
  send: PreparedOperation,
  variables: Data,
  batches: readonly Batch[],
  subgraph: string,
): Promise<void> {
  const answer = await ask(send, variables, execution);
  if (answer instanceof AppError || !answer.data) {
    const loss = answer instanceof AppError ? answer : publicLoss(answer.errors?.[0] ?? internalLoss);
    if (!(answer instanceof AppError))
      for (const error of answer.errors ?? []) logMasked(execution, error, loss, subgraph);
    for (const { source, receivers } of batches) loseAll(execution, receivers.flat(), source.fields, loss);
    return;
  }
  for (const { source, receivers } of batches) {
    const entities = answer.data[source.alias];
    if (!Array.isArray(entities)) {
      // A subgraph that neither answers nor says why broke its schema: the fields are lost all the same.
      if (!answer.errors?.length) loseAll(execution, receivers.flat(), source.fields, internalLoss);
      continue;
    }
    for (let i = 0; i < receivers.length; i++) {
      const entity: Data | null | undefined = entities[i];
      if (entity === null || entity === undefined) {
        execution.hasAbsent = true;
        continue;
      }
      source.rewriteOutput?.(entity);
      for (const receiver of receivers[i] ?? []) mergeInto(receiver, entity, source.types.interfaceObjects);
    }
  }
  for (const error of answer.errors ?? []) relocate(execution, error, batches, subgraph);
}

/** An error at `_entities[3].invoices` is one at every place of the answer where that entity stands. */
function relocate(
  execution: Execution,
  error: SubgraphError,
  batches: readonly Batch[],
  subgraph: string,
): void {
  const loss = publicLoss(error);
  logMasked(execution, error, loss, subgraph);
  const [alias, index, ...rest] = error.path ?? [];
  const batch = batches.find(({ source }) => source.alias === alias);
  if (batch === undefined || typeof index !== 'number') {
    for (const { source, receivers } of batches) loseAll(execution, receivers.flat(), source.fields, loss);
    return;
  }
  const receivers = new Set(batch.receivers[index]);
  if (rest.length === 0) {
    loseAll(execution, [...receivers], batch.source.fields, loss);
    return;
  }
  for (const path of batch.source.paths) {
    for (const target of targetsWithPaths(execution.data, path)) {
      if (receivers.has(target.object)) execution.errors.push({ ...loss, path: [...target.path, ...rest] });
    }
  }
}

function loseAll(
  execution: Execution,
  targets: readonly Data[],
  fields: readonly string[],
  loss: Loss,
): void {
  const { code, message } = loss;
  for (const target of targets) recordLoss(execution, target, fields, { code, message });
}

/** The answer, or why there is none. Whatever a transport throws, the operation goes on without these fields. */
async function ask(
  send: PreparedOperation,
  variables: Data,
  execution: Execution,
): Promise<SubgraphAnswer | AppError> {
  const { signal, log, requestId } = execution.request;
  if (signal.aborted) return outOfTime();
  try {
    const answer = send(variables, execution.request);
    return answer instanceof Promise ? await withinTime(answer, signal) : answer;
  } catch (error) {
    if (error instanceof AppError) return error;
    log.error('subgraph.failed', { requestId, error });
    return new AppError(
      'SUBGRAPH_UNAVAILABLE',
      'A part of the service does not answer at the moment. Try again later.',
    );
  }
}

function withinTime<T>(answer: Promise<T>, signal: AbortSignal): Promise<T | AppError> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(outOfTime());
    signal.addEventListener('abort', stop, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function outOfTime(): AppError {
  return new AppError('TIMEOUT', 'A part of the service did not answer in time. Try again later.');
}

function logMasked({ request }: Execution, error: SubgraphError, loss: Loss, subgraph: string): void {
  if (loss.code === 'INTERNAL_SERVER_ERROR') {
    request.log.error('subgraph.error', {
      requestId: request.requestId,
      subgraph,
      message: error.message,
      code: error.extensions?.code,
    });
  }
}

function variablePicker(names: readonly string[] | undefined): (execution: Execution) => Data {
  return ({ variables }) => {
    // The client chose the names: own ones only, and into an object that has no others.
    const picked: Data = Object.create(null);
    for (const name of names ?? []) if (Object.hasOwn(variables, name)) picked[name] = variables[name];
    return picked;
  };
}

/** The response keys that an operation brings: those of its root, or of one `_entities` field for any type. */
function fieldsOf(operation: string, entitiesAlias: string | null): string[] {
  const document = parse(operation, { noLocation: true });
  const fragments = new Map(
    document.definitions.flatMap((d) =>
      d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d.selectionSet.selections] as const] : [],
    ),
  );
  const keys = (
    selections: readonly SelectionNode[],
  ): { key: string; selections: readonly SelectionNode[] }[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return keys(selection.selectionSet.selections);
      if (selection.kind === Kind.FRAGMENT_SPREAD) return keys(fragments.get(selection.name.value) ?? []);
      return [
        {
          key: selection.alias?.value ?? selection.name.value,
          selections: selection.selectionSet?.selections ?? [],
        },
      ];
    });
  const root = document.definitions.flatMap((d) =>
    d.kind === Kind.OPERATION_DEFINITION ? keys(d.selectionSet.selections) : [],
  );
  if (entitiesAlias === null) return root.map(({ key }) => key);
  return root
    .filter(({ key }) => key === entitiesAlias)
    .flatMap(({ selections }) => keys(selections).map(({ key }) => key));
}

const nothing: Step = () => undefined;

function inSequence(steps: readonly Step[]): Step {
  return async (execution) => {
    for (const step of steps) {
      const work = step(execution);
      if (work !== undefined) await work;
    }
  };
}

function inParallel(steps: readonly Step[]): Step {
  return async (execution) => {
    const work: Promise<void>[] = [];
    for (const step of steps) {
      const started = step(execution);
      if (started !== undefined) work.push(started);
    }
    await Promise.all(work);
  };
}
