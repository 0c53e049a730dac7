import { AppError } from '../../core/errors.ts';
import type { PreparedOperation, SubgraphError } from '../transport/transport.ts';
import { ask, logMasked, loseAll } from './ask.ts';
import { type Data, type Execution, internalLoss, publicLoss, recordLoss } from './execution.ts';
import { mergeInto } from './merge.ts';
import type { BuildRepresentation } from './representation.ts';
import type { Rewrite } from './rewrite.ts';
import { type TargetPath, targetObjects, targetsWithPaths } from './targets.ts';
import type { Types } from './types.ts';

/** One `_entities` field, compiled. */
export interface Entities {
  readonly alias: string;
  readonly paths: readonly TargetPath[];
  readonly build: BuildRepresentation;
  readonly rewriteInput: Rewrite | null;
  readonly rewriteOutput: Rewrite | null;
  /** The response keys of its answer. */
  readonly fields: readonly string[];
  readonly types: Types;
}

/** The distinct entities of one `_entities` field and the objects that each answer goes to. */
export interface Batch {
  readonly source: Entities;
  readonly representations: readonly Data[];
  readonly receivers: readonly (readonly Data[])[];
}

export function gatherBatch(execution: Execution, source: Entities): Batch {
  const representations: Data[] = [];
  const receivers: Data[][] = [];
  const known = new Map<string, number>();
  for (const path of source.paths) {
    for (const object of targetObjects(execution.data, path)) {
      const representation = source.build(object);
      if (representation === undefined) loseUnaskable(execution, object, source);
      if (representation === undefined || representation === null) continue;
      source.rewriteInput?.(representation);
      const key = representationKey(representation);
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
 * An object lacks a required value. That is expected if a field was lost or a subgraph does not know an entity.
 * Otherwise the plan or the subgraph is wrong, and null would be a false answer.
 */
function loseUnaskable(execution: Execution, object: Data, source: Entities): void {
  if (execution.losses !== undefined || execution.errors.length > 0 || execution.hasAbsent) return;
  const { log, requestId } = execution.request;
  log.error('gateway.required-value-missing', { requestId, fields: source.fields });
  recordLoss(execution, object, source.fields, internalLoss);
}

/** Most representations are a type and an id: joining the two takes a third of the time of JSON. */
function representationKey(representation: Data): string {
  const { __typename: type, id } = representation;
  const isPlain =
    typeof type === 'string' && typeof id === 'string' && Object.keys(representation).length === 2;
  return isPlain ? `${type} ${id}` : JSON.stringify(representation);
}

export async function settle(
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
      // Neither an answer nor an error: the subgraph breaks its schema, and the fields are lost.
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

/** An error at `_entities[3].invoices` is reported at every place of the answer that holds that entity. */
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
