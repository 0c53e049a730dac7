import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSchema, Kind, OperationTypeNode, parse } from 'graphql';
import { projectFile } from '../../core/project-root.ts';
import { readAccess } from './access-of.ts';
import { collectCodes } from './codes.ts';
import { createDescriber, type Material } from './describe.ts';
import { pageHtml, type Section, searchIndex } from './layout.ts';
import { codesPage, guidePages, startPage } from './other-pages.ts';
import { type Example, readAnswers, readExamples } from './read-examples.ts';
import { collectSamples } from './samples.ts';
import { rootPages, typePages } from './schema-pages.ts';

/** The files of the reference by name: pages, their style, and a search that works without a server. */
export async function buildReference(): Promise<ReadonlyMap<string, string>> {
  const [material, guides, version] = await Promise.all([readMaterial(), guidePages(), readVersion()]);
  const describer = createDescriber(material);
  const sections: readonly Section[] = [
    { title: 'Guides', pages: guides },
    { title: 'Queries', pages: rootPages('query', material, describer) },
    { title: 'Mutations', pages: rootPages('mutation', material, describer) },
    { title: 'Codes', pages: [codesPage(material, describer)] },
    { title: 'Types', pages: typePages(material, describer) },
  ];
  const pages = [startPage(version, sections), ...sections.flatMap(({ pages: own }) => own)];
  const own = (name: string) => readFile(projectFile('commands', 'reference', name), 'utf8');
  return new Map([
    ...pages.map((page) => [page.file, pageHtml(page, sections)] as const),
    ['search-index.js', searchIndex(sections)],
    ['search.js', await own('search.js')],
    ['style.css', await own('style.css')],
  ]);
}

/** Writes the reference to a folder that holds nothing else. */
export async function writeReference(folder: string): Promise<number> {
  const files = await buildReference();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all([...files].map(([name, text]) => writeFile(join(folder, name), text)));
  return files.size;
}

export async function readMaterial(): Promise<Material> {
  const [sdl, access, examples, outcomes] = await Promise.all([
    readFile(projectFile('schema', 'api.graphql'), 'utf8'),
    readAccess(),
    readExamples(),
    readAnswers(),
  ]);
  const schema = buildSchema(sdl);
  return {
    schema,
    access,
    examples,
    outcomes,
    samples: collectSamples(schema, examples, outcomes),
    codes: collectCodes(schema, examples, outcomes),
    homeOf: new Map(examples.map((one) => [one.name, homeOf(one)])),
  };
}

/** An example is shown on the page of the first field at its root. */
function homeOf({ document }: Example): string {
  for (const one of parse(document).definitions)
    if (one.kind === Kind.OPERATION_DEFINITION) {
      const first = one.selectionSet.selections.find(({ kind }) => kind === Kind.FIELD);
      if (first?.kind === Kind.FIELD)
        return `${one.operation === OperationTypeNode.MUTATION ? 'mutation' : 'query'}-${first.name.value}.html`;
    }
  throw new Error('An example has one operation with fields.');
}

async function readVersion(): Promise<string> {
  return JSON.parse(await readFile(projectFile('package.json'), 'utf8')).version;
}
