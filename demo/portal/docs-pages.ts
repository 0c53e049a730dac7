import { readdirSync } from 'node:fs';
import express, { type Router } from 'express';
import { projectFile } from '../../core/project-root.ts';

export const docsPath = '/docs';

/** The documents of the repository as texts, so that a visitor of the demo has them at hand. */
export function docsPages(): Router {
  const folder = projectFile('docs');
  const names = readdirSync(folder).filter((name) => name.endsWith('.md'));
  const router = express.Router();
  router.get('/', (_request, response) => void response.type('html').send(page(names)));
  router.get('/README.md', (_request, response) =>
    response.type('text/plain').sendFile(projectFile('README.md')),
  );
  router.use(
    express.static(folder, {
      index: false,
      setHeaders: (response, path) => {
        if (path.endsWith('.md')) response.setHeader('content-type', 'text/plain; charset=utf-8');
      },
    }),
  );
  return router;
}

function page(names: readonly string[]): string {
  const items = ['README.md', ...names].map((name) => `<li><a href="${docsPath}/${name}">${name}</a></li>`);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Documents</title>
<h1>Documents of the project</h1>
<ul>${items.join('\n')}</ul></html>`;
}
