import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import PDFDocument from 'pdfkit';
import pg from 'pg';
import { getMetadataStorage } from 'type-graphql';
import { projectFile } from '../../../../core/project-root.ts';

const readme = readFileSync(projectFile('core/internals/README.md'), 'utf8');
const rows = [...readme.matchAll(/^\| `([\w-]+\.ts)` \| `([\w-]+)` \| (\S+) \|/gm)];

describe('the hooks into libraries', () => {
  it('are six', () => {
    expect(rows.map(([, file]) => file)).toHaveLength(6);
  });

  it.each(rows.map(([, file = '', library = '', version = '']) => [file, library, version]))(
    '%s was tried with the installed version of %s',
    (_, library, version) => {
      const installed = JSON.parse(readFileSync(projectFile(`node_modules/${library}/package.json`), 'utf8'));
      expect(installed.version).toBe(version);
    },
  );

  it('find what they reach for', () => {
    const pdf = new PDFDocument() as unknown as Record<string, unknown>;
    expect([typeof pdf._fragment, typeof pdf.endMetadata, typeof pdf.info]).toEqual([
      'function',
      'function',
      'object',
    ]);
    const { connection } = new pg.Client() as unknown as { connection: { stream: Record<string, unknown> } };
    expect([typeof connection.stream.cork, typeof connection.stream.uncork]).toEqual([
      'function',
      'function',
    ]);
    const storage = getMetadataStorage();
    const { TypeGraphQLMetadataStorage } = globalThis as Record<string, unknown>;
    expect(TypeGraphQLMetadataStorage).toBe(storage);
    expect(TypeGraphQLMetadataStorage).toHaveProperty('fieldResolvers');
    expect(TypeGraphQLMetadataStorage).toHaveProperty('objectTypes');
  });
});
