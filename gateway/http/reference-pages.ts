import express, { type RequestHandler } from 'express';

/** `/docs/`: the reference that `npm run docs` wrote. Its pages run their own script and load nothing from elsewhere. */
export function referencePages(folder: string): RequestHandler {
  return express.static(folder, {
    setHeaders: (response) =>
      response.setHeader('content-security-policy', policy).setHeader('cache-control', 'public, max-age=300'),
  });
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
