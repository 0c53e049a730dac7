import type { RequestHandler } from 'express';
import { GraphQLError } from 'graphql';
import { sendError } from '../../core/http/send-error.ts';
import { checkDocument } from '../limits/check-document.ts';
import { identityOf } from './identity-of.ts';

/**
 * Refuses a document that is too large to validate or plan, before Apollo Server sees it.
 *
 * Validation alone takes 100 to 235 ms on a large document and planning up to 20 s: what bounds both is
 * counted here. Documents that passed are remembered by their text, so that a hot one costs a look-up.
 */
export function checkDocuments(maxRemembered = 2_000): RequestHandler {
  const passed = new Set<string>();
  return (request, response, next) => {
    const source = request.method === 'GET' ? request.query.query : request.body?.query;
    if (typeof source !== 'string' || passed.has(source)) return next();
    try {
      checkDocument(source);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const { requestId } = identityOf(response);
      const code = String(error.extensions.code ?? 'GRAPHQL_PARSE_FAILED');
      return sendError(response, 400, { code, message: error.message, requestId });
    }
    if (passed.size >= maxRemembered) passed.clear();
    passed.add(source);
    next();
  };
}
