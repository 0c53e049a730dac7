import { readFile } from 'node:fs/promises';
import { escapeHtml } from '../../core/http/escape-html.ts';
import { projectFile } from '../../core/project-root.ts';
import type { Describer, Material } from './describe.ts';
import type { Page, Section } from './layout.ts';
import { createMarkdown } from './markdown.ts';
import { placeLink } from './schema-pages.ts';

/** Documents of the project that belong to the reference, by the names of their pages. */
const guides: Readonly<Record<string, string>> = {
  integrators: 'docs/integrators.md',
  clients: 'docs/clients.md',
  errors: 'docs/errors.md',
  access: 'docs/access.md',
  scalars: 'docs/scalars.md',
  versioning: 'docs/versioning.md',
  glossary: 'docs/glossary.md',
  'demo-town': 'docs/demo-town.md',
  'typescript-client': 'clients/typescript/README.md',
  examples: 'examples/README.md',
};

export function guidePages(): Promise<readonly Page[]> {
  return Promise.all(
    Object.entries(guides).map(async ([name, path]) => {
      const text = await readFile(projectFile(...path.split('/')), 'utf8');
      const [, title = name] = /^# (.+)$/m.exec(text) ?? [];
      const markdown = createMarkdown((href) => addressOf(path, href));
      return {
        file: `guide-${name}.html`,
        title,
        body: markdown.block(text),
        entries: [{ name: title, kind: 'guide' }],
      };
    }),
  );
}

/** The page of a document that another one links to; null for a file that is no page. */
function addressOf(from: string, href: string): string | null {
  if (href.startsWith('#')) return href;
  const { pathname, hash } = new URL(href, `file:///${from}`);
  const name = Object.keys(guides).find((one) => `/${guides[one]}` === pathname);
  return name === undefined ? null : `guide-${name}.html${hash}`;
}

/** All codes of errors and refusals. */
export function codesPage({ schema, codes }: Material, describer: Describer): Page {
  const sections = codes.map(({ code, isError, places, example }) => {
    const named = places.map((place) => placeLink(schema, place));
    return [
      `<section id="${code}"><h2><code>${code}</code></h2>`,
      isError
        ? `<p>In <code>errors</code>: <a href="guide-errors.html#${code.toLowerCase()}">what it means</a>.</p>`
        : '',
      named.length > 0 ? `<p>Named by ${named.join(', ')}.</p>` : '',
      example === null
        ? ''
        : `<p>Example: “${escapeHtml(example.message)}” in ${describer.exampleLink(example.name)}</p>`,
      '</section>',
    ]
      .filter(Boolean)
      .join('\n');
  });
  return {
    file: 'codes.html',
    title: 'Codes',
    body: `<h1>Codes of errors and refusals</h1>\n<p>Codes are permanent. A refusal that a person can foresee is a member of a mutation's result, in the language of <code>Accept-Language</code>; its <code>code</code>, and those of its <code>problems</code>, are listed here.</p>\n${sections.join('\n')}`,
    entries: codes.map(({ code }) => ({ name: code, kind: 'code', anchor: code })),
  };
}

export function startPage(version: string, sections: readonly Section[]): Page {
  const lists = sections.map(
    ({ title, pages }) =>
      `<h2>${title}</h2><ul class="names">${pages.map(({ file, title: name }) => `<li><a href="${file}">${escapeHtml(name)}</a></li>`).join('')}</ul>`,
  );
  return {
    file: 'index.html',
    title: 'Reference',
    body: `<h1>Reference of the school services API</h1>
<p>Version ${escapeHtml(version)}. Every type, field, argument and code, with its access rule and an example. The examples ran against the demo's town on 15 October 2026; values that differ from run to run (random ids, secrets, addresses of documents) are replaced. Begin with <a href="guide-integrators.html">the integrator's first hour</a>.</p>
${lists.join('\n')}`,
    entries: [],
  };
}
