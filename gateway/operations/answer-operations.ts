import type { ApolloServer } from '@apollo/server';
import type { Request, RequestHandler, Response } from 'express';
import { type DocumentNode, getOperationAST, type OperationDefinitionNode } from 'graphql';
import { noteFacts } from '../../core/http/request-facts.ts';
import type { Caller } from '../../core/identity/caller.ts';
import { chooseMediaType, type MediaType, sendAnswer } from '../http/graphql-answer.ts';
import { identityOf } from '../http/identity-of.ts';
import { publicErrors } from '../http/public-errors.ts';
import { type AskedOperation, readRequest } from '../http/read-request.ts';
import { isOperationFault, Refusal, refusal } from '../http/refusal.ts';
import type { ApolloContext } from '../plugins/apollo-context.ts';
import type { AdmitDocument } from '../trusted-operations/admit-operations.ts';

export interface AnswerOptions {
  readonly apollo: ApolloServer<ApolloContext>;
  readonly admit: AdmitDocument;
  /** Runs an operation within the request's time budget. */
  within<T>(work: () => Promise<T>): Promise<T>;
  contextOf(request: Request, response: Response): Omit<ApolloContext, 'document'>;
  /** Called with each operation before it runs. */
  observe(document: DocumentNode, caller: Caller): void;
}

/** GraphQL over HTTP: reads a request once, admits its document, and runs exactly that document. */
export function answerOperations(options: AnswerOptions): RequestHandler {
  return async (request, response) => {
    const mediaType = chooseMediaType(request);
    try {
      if (mediaType === null) throw notAcceptable();
      await answer(request, response, mediaType, options);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { requestId } = identityOf(response);
      const errors = publicErrors(error.errors, requestId);
      for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
      sendAnswer(response, mediaType, error.status, { errors });
    }
  };
}

async function answer(
  request: Request,
  response: Response,
  mediaType: MediaType,
  { apollo, admit, within, contextOf, observe }: AnswerOptions,
): Promise<void> {
  const asked = readRequest(request);
  const { caller, requestId } = identityOf(response);
  // A registered integrator: a program with a token of its own.
  const { source, document, hash, isRegistered } = await admit(asked, caller.kind === 'machine');
  const { operationName, variables } = asked;
  const name = isRegistered ? getOperationAST(document, operationName)?.name?.value : undefined;
  noteFacts(response, { operation: name ?? hash });
  const operation = operationOf(document, asked, request.method);
  observe(document, caller);
  const { http, body } = await within(() =>
    apollo.executeOperation(
      {
        query: source,
        ...(operationName === null ? {} : { operationName }),
        variables: declaredOf(operation, variables),
      },
      { contextValue: { ...contextOf(request, response), document } },
    ),
  );
  if (body.kind !== 'single') throw new Error('An answer in parts was not expected.');
  for (const [name, value] of http.headers) response.setHeader(name, value);
  const { data, errors } = body.singleResult;
  sendAnswer(response, mediaType, data === undefined ? (http.status ?? statusOf(errors)) : 200, {
    ...(errors === undefined ? {} : { errors: publicErrors(errors, requestId) }),
    ...(data === undefined ? {} : { data }),
  });
}

/** The response to an operation that did not run. */
function statusOf(errors: Parameters<typeof isOperationFault>[0] = []): number {
  if (isOperationFault(errors)) return 400;
  return errors[0]?.extensions?.code === 'OVERLOADED' ? 503 : 500;
}

function operationOf(
  document: DocumentNode,
  { operationName }: AskedOperation,
  method: string,
): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (!operation)
    throw refusal(
      400,
      'OPERATION_RESOLUTION_FAILURE',
      'Name the operation to run in "operationName": the document has not exactly one of that name.',
    );
  if (method === 'GET' && operation.operation !== 'query')
    throw refusal(405, 'BAD_REQUEST', 'A GET is for queries only: send this operation by POST.', {
      allow: 'POST',
    });
  return operation;
}

/** The variables that the operation declares: a client may send thousands of others, which nobody reads. */
function declaredOf(
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: AskedOperation['variables'],
): Record<string, unknown> {
  const names = variableDefinitions.map(({ variable }) => variable.name.value);
  return Object.fromEntries(
    names.flatMap((name) => (Object.hasOwn(given, name) ? [[name, given[name]]] : [])),
  );
}

function notAcceptable(): Refusal {
  const message =
    'Answers are application/json or application/graphql-response+json: one of them must be in the header accept.';
  return refusal(406, 'BAD_REQUEST', message);
}
