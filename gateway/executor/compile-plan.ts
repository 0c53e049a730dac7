import type {
  BatchFetchNode,
  FetchNode,
  FlattenNodePathSegment,
  InputRewrite,
  OutputRewrite,
  PlanNode,
  QueryPlan,
} from '@graphql-hive/router-query-planner';
import { AppError } from '../../core/errors.ts';
import type { PreparedOperation, SubgraphTransport } from '../transport/transport.ts';
import { ask, logMasked, loseAll } from './ask.ts';
import { type Entities, gatherBatch, settle } from './entities.ts';
import { type Data, type Execution, publicLoss } from './execution.ts';
import { mergeInto } from './merge.ts';
import { compileRepresentation } from './representation.ts';
import { fieldsOf } from './response-keys.ts';
import { compileRewrites, interfaceNamedBy } from './rewrite.ts';
import { compileTargetPath, targetObjects } from './targets.ts';
import type { Types } from './types.ts';
import { unsupported } from './unsupported.ts';

/** One step of a plan as a function; undefined if there is nothing to wait for. */
type Step = (execution: Execution) => Promise<void> | undefined;

/** Turns plans into one function that runs them in order. */
export function compilePlans(plans: readonly QueryPlan[], types: Types, transport: SubgraphTransport): Step {
  const tools = { types, transport };
  const steps = plans.map(({ node }) => (node == null ? noStep : compileNode(node, [], tools)));
  return steps.length === 1 && steps[0] !== undefined ? steps[0] : inSequence(steps);
}

/** What every step of a plan is compiled with. */
interface Tools {
  readonly types: Types;
  readonly transport: SubgraphTransport;
}
type Path = readonly FlattenNodePathSegment[];

function compileNode(node: PlanNode, path: Path, tools: Tools): Step {
  switch (node.kind) {
    case 'Sequence':
      return inSequence(node.nodes.map((child) => compileNode(child, path, tools)));
    case 'Parallel':
      return inParallel(node.nodes.map((child) => compileNode(child, path, tools)));
    case 'Flatten':
      return compileNode(node.node, [...path, ...node.path], tools);
    case 'Fetch':
      return node.requires ? entityFetch(node, path, tools) : rootFetch(node, path, tools);
    case 'BatchFetch':
      return batchFetch(node, path, tools);
    default:
      throw new AppError('BAD_USER_INPUT', `Operations that need ${node.kind} are not supported.`);
  }
}

function rootFetch(node: FetchNode, path: Path, tools: Tools): Step {
  const { types } = tools;
  const send = prepare(node, tools);
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

function entityFetch(node: FetchNode, path: Path, tools: Tools): Step {
  const entities = compileEntities(
    { ...node, requires: node.requires ?? [], paths: [path], alias: '_entities' },
    node.operation,
    tools,
  );
  const send = prepare(node, tools);
  const pick = variablePicker(node.variableUsages);
  return (execution) => {
    const batch = entities.gather(execution);
    if (batch.representations.length === 0) return undefined;
    const variables = pick(execution);
    variables.representations = batch.representations;
    return settle(execution, send, variables, [batch], node.serviceName);
  };
}

function batchFetch(node: BatchFetchNode, path: Path, tools: Tools): Step {
  const send = prepare(node, tools);
  const pick = variablePicker(node.variableUsages);
  const parts = node.entityBatch.aliases.map((alias) => ({
    variable: alias.representationsVariableName,
    entities: compileEntities(
      { ...alias, paths: alias.paths.map((own) => [...path, ...own]) },
      node.operation,
      tools,
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

function prepare(
  { serviceName, operation, operationKind }: FetchNode | BatchFetchNode,
  { transport }: Tools,
): PreparedOperation {
  if (operationKind === 'subscription') throw unsupported('an operation', operation);
  return transport.prepare(serviceName, {
    text: operation,
    kind: operationKind === 'mutation' ? 'mutation' : 'query',
  });
}

function compileEntities(source: PlannedEntities, operation: string, { types }: Tools) {
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

/** One `_entities` field as the planner describes it. */
interface PlannedEntities {
  readonly alias: string;
  readonly paths: readonly Path[];
  readonly requires: Parameters<typeof compileRepresentation>[0];
  readonly inputRewrites?: InputRewrite[];
  readonly outputRewrites?: OutputRewrite[];
}

function variablePicker(names: readonly string[] | undefined): (execution: Execution) => Data {
  return ({ variables }) => {
    // The client chose the names: only own properties are read, and the object has no prototype.
    const picked: Data = Object.create(null);
    for (const name of names ?? []) if (Object.hasOwn(variables, name)) picked[name] = variables[name];
    return picked;
  };
}

const noStep: Step = () => undefined;

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
