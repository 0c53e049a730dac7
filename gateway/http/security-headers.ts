import type { RequestHandler } from 'express';

/** What every answer says to browsers. Pages that need scripts state their own policy. */
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

/** Of answers that are data: they are kept by nobody, and no browser runs anything of them. */
export function dataHeaders(): RequestHandler {
  return (_request, response, next) => {
    response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    response.setHeader('cache-control', 'no-store');
    next();
  };
}
