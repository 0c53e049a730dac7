import type { QueryPlan } from '@graphql-hive/router-query-planner';
import {
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
} from 'graphql';
import { AppError, toPublicError } from '../../core/errors.ts';
import { noTelemetry, type Telemetry } from '../../core/telemetry/telemetry.ts';
import { readVariables } from '../input/read-variables.ts';
import { compileNullCheck } from '../input/refuse-nulls.ts';
import { createPlanner } from '../planner/create-planner.ts';
import type { GatewayRequest, SubgraphTransport } from '../transport/transport.ts';
import { buildApiSchema } from './api-schema.ts';
import { compilePlans } from './compile-plan.ts';
import { compileProjection, type Project } from './compile-projection.ts';
import type { Data, Execution, FoundError } from './execution.ts';
import { type Operation, type Resolved, resolveConditions, toOperation } from './operation.ts';
import { privatePrefix, privateVariables } from './private-names.ts';
import { type Types, typesOf } from './types.ts';

export interface PlanExecutor {
  readonly apiSchema: GraphQLSchema;
  /** `document` must be valid against `apiSchema`. Never rejects because of a subgraph or the client. */
  execute(operation: {
    readonly document: DocumentNode;
    readonly operationName: string | null;
    readonly variables: Readonly<Record<string, unknown>>;
    readonly request: GatewayRequest;
  }): Promise<ExecutionResult<Data>>;
}

/** An operation whose plan is compiled, for given values of the variables that skip and include. */
interface Compiled {
  readonly run: ReturnType<typeof compilePlans>;
  readonly project: Project;
  readonly introspection: OperationDefinitionNode | null;
  readonly publicKeys: Resolved['publicKeys'];
}

interface PreparedOperation extends Operation {
  readonly compiled: Map<string, Promise<Compiled>>;
  readonly refusedNull: ReturnType<typeof compileNullCheck>;
}

/** Twenty conditions have a million combinations: a client that tries them all must not fill memory. */
const maxCombinations = 64;

/**
 * Executes operations over subgraphs with the semantics of the specification.
 *
 * Each document is planned and compiled once: Apollo Server hands the same document object for the same text,
 * so what was compiled lives exactly as long as its cache keeps the document. A plan that failed is not kept.
 */
export function createPlanExecutor(options: {
  readonly supergraphSdl: string;
  readonly transport: SubgraphTransport;
  readonly telemetry?: Telemetry;
}): PlanExecutor {
  const { transport, telemetry = noTelemetry } = options;
  const planner = createPlanner(options.supergraphSdl);
  const apiSchema = buildApiSchema(planner.apiSdl);
  const types = typesOf(apiSchema, options.supergraphSdl);
  const prefix = privatePrefix(options.supergraphSdl);
  const operationOf = createPreparation(apiSchema);
  const compile = createCompiler({ planner, transport, telemetry, apiSchema, types, prefix });

  return {
    apiSchema,
    async execute({ document, operationName, variables, request }) {
      try {
        const operation = operationOf(document, operationName);
        if (operation.root.operation === OperationTypeNode.SUBSCRIPTION)
          throw new AppError('BAD_USER_INPUT', 'Subscriptions are not supported: ask again with a query.');
        const read = readVariables(apiSchema, operation.document, operation.root, variables);
        if ('errors' in read) return { errors: read.errors };
        const refused = operation.refusedNull(read.coerced);
        if (refused !== null) return { errors: [refused] };
        const { run, project, introspection, publicKeys } = await compiledOf(
          operation,
          read.coerced,
          compile,
        );
        const execution: Execution = {
          variables: privateVariables(read.coerced),
          request,
          data: {},
          errors: [],
          losses: undefined,
          hasAbsent: false,
        };
        if (introspection !== null) introspect(apiSchema, introspection, execution);
        const work = run(execution);
        if (work !== undefined) await work;
        const data = project(execution);
        return execution.errors.length === 0
          ? { data }
          : { data, errors: toErrors(execution.errors, publicKeys) };
      } catch (error) {
        if (!(error instanceof AppError))
          request.log.error('gateway.failed', { requestId: request.requestId, error });
        return { errors: [toPublicError(error)] };
      }
    },
  };
}

/** Prepares each operation of each document once. */
function createPreparation(apiSchema: GraphQLSchema) {
  const operations = new WeakMap<DocumentNode, Map<string | null, PreparedOperation>>();

  return (document: DocumentNode, operationName: string | null) => {
    let byName = operations.get(document);
    if (byName === undefined) {
      byName = new Map();
      operations.set(document, byName);
    }
    let operation = byName.get(operationName);
    if (operation === undefined) {
      const found = toOperation(document, operationName);
      if (found === null)
        throw new AppError(
          'BAD_USER_INPUT',
          'Name the operation to run in `operationName`: the document has not exactly one of that name.',
        );
      const refusedNull = compileNullCheck(apiSchema, found.document, found.root);
      operation = { ...found, compiled: new Map(), refusedNull };
      byName.set(operationName, operation);
    }
    return operation;
  };
}

/** What an operation is compiled to for the conditions that these variables make. */
function compiledOf(
  operation: PreparedOperation,
  variables: Readonly<Record<string, unknown>>,
  compile: Compile,
): Promise<Compiled> {
  const { compiled, conditionVariables } = operation;
  const key = conditionVariables.map((name) => (variables[name] === true ? '1' : '0')).join('');
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const fresh = compile(operation, (name) => variables[name] === true);
  if (compiled.size >= maxCombinations) compiled.clear();
  compiled.set(key, fresh);
  fresh.catch(() => compiled.delete(key));
  return fresh;
}

type Compile = (operation: Operation, isTrue: (variable: string) => boolean) => Promise<Compiled>;

interface CompilerTools {
  readonly planner: ReturnType<typeof createPlanner>;
  readonly transport: SubgraphTransport;
  readonly telemetry: Telemetry;
  readonly apiSchema: GraphQLSchema;
  readonly types: Types;
  /** The prefix of private names. */
  readonly prefix: string;
}

/** Plans an operation whose conditions are known, and compiles the plans. */
function createCompiler(tools: CompilerTools): Compile {
  const { planner, transport, telemetry, apiSchema, types, prefix } = tools;
  const planned = (document: string, name: string | null) =>
    telemetry.timed('plan', 'new', () => planner.plan(document, name));

  return async (operation, isTrue) => {
    const resolved = resolveConditions(operation, types, prefix, isTrue);
    const rootType = apiSchema.getRootType(operation.root.operation) as GraphQLObjectType;
    const name = operation.root.name?.value ?? null;
    const plans: QueryPlan[] = [];
    for (const part of resolved.planned) plans.push(await planned(print(part), name));
    return {
      run: compilePlans(plans, types, transport),
      project: compileProjection(types, rootType, resolved),
      introspection: resolved.introspection,
      publicKeys: resolved.publicKeys,
    };
  };
}

function introspect(
  schema: GraphQLSchema,
  introspection: OperationDefinitionNode,
  execution: Execution,
): void {
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [introspection] };
  const { data, errors } = executeSync({ schema, document, variableValues: execution.variables });
  Object.assign(execution.data, data);
  for (const { path } of errors ?? [])
    execution.errors.push({ code: 'INTERNAL_SERVER_ERROR', message: 'Internal error.', path: path ?? [] });
}

/** One error for each path and code, in the order of occurrence. */
function toErrors(found: readonly FoundError[], publicKeys: Resolved['publicKeys']): GraphQLError[] {
  const known = new Map<string, GraphQLError>();
  for (const { code, message, path: privatePath } of found) {
    const path = privatePath.map((key) => publicKeys.get(key as string) ?? key);
    const key = `${code} ${path.join('/')}`;
    if (!known.has(key)) known.set(key, new GraphQLError(message, { path, extensions: { code } }));
  }
  return [...known.values()];
}
