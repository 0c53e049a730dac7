import type { RequestHandler } from 'express';

/** Security headers of every response. Pages that need scripts set a policy of their own. */
export function securityHeaders(options: { readonly isHttps: boolean }): RequestHandler {
  return (_request, response, next) => {
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('x-frame-options', 'DENY');
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    if (options.isHttps)
      response.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains');
    next();
  };
}

/** Headers of responses that are data: no cache stores them, and browsers run nothing of them. */
export function dataHeaders(): RequestHandler {
  return (_request, response, next) => {
    response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    response.setHeader('cache-control', 'no-store');
    next();
  };
}
