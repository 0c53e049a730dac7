import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../core/project-root.ts';

// Every statement that names one of our tables stands in a store (`*.store.ts`), and all stores of a table in one folder.

const root = projectRoot();

function filesOf(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.generated.ts'))
    .map((name) => `${folder}/${name}`);
}

const product = ['core', 'legacy', 'subgraphs', 'gateway', 'commands', 'demo'].flatMap(filesOf);
const isMigration = (file: string) => file.includes('/migrations/');
// Each of these is about every table at once, and has a test of its own that compares it with the database's list.
const isAboutAll = (file: string) => /^subgraphs\/retention\//.test(file);
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

/** String and template literals, those within `${…}` included. */
function literalsOf(text: string): readonly string[] {
  const found: string[] = [];
  const token = /\/\/.*|\/\*[\s\S]*?\*\/|'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;
  for (const [, single, double, template] of text.matchAll(token)) {
    const literal = single ?? double ?? template;
    if (literal !== undefined) found.push(literal);
  }
  return found;
}

const sql = /\b(SELECT|INSERT|UPDATE|DELETE|FROM|JOIN|TRUNCATE|ALTER|COPY)\b/;

/** Tables that a file's literals name: in SQL, or by nothing else than the name. */
function tablesIn(text: string, tables: readonly string[]): readonly string[] {
  const literals = literalsOf(text);
  return tables.filter((table) => {
    const inSql = new RegExp(
      `(\\b(FROM|JOIN|INTO|UPDATE|USING|ONLY|TABLE)\\s+|,\\s*)"?${table}\\b(?!["\\w]*\\s*[.(=])`,
    );
    const named = new RegExp(`\\b${table}\\b`);
    return literals.some(
      (literal) =>
        (literal === table && table.includes('_')) ||
        (sql.test(literal) && (table.includes('_') ? named.test(literal) : inSql.test(literal))),
    );
  });
}

const created = product
  .filter(isMigration)
  .flatMap((file) => [...textOf(file).matchAll(/\bCREATE TABLE (?:IF NOT EXISTS )?"?(\w+)/g)])
  .map(([, table = '']) => table);
const tables = [...new Set(created)];

describe('tables', () => {
  it('finds the names of tables in every kind of statement', () => {
    const text = [
      "a.query('SELECT 1 FROM practice p');",
      'b.query(`WITH x AS (SELECT 1) DELETE FROM k USING settlement s, practice`);',
      "c.query('INSERT INTO payment_receipt (iuv) VALUES ($1)');",
      "const of = 'audit_event';",
      '// SELECT * FROM stored_file',
      "const event = 'practice.status_changed';",
      'const sentence = `The practice (7) was UPDATED`;',
    ].join('\n');
    const known = ['practice', 'settlement', 'payment_receipt', 'audit_event', 'stored_file'];
    expect(tablesIn(text, known)).toEqual(['practice', 'settlement', 'payment_receipt', 'audit_event']);
    expect(tablesIn(text.split('\n').slice(4).join('\n'), known)).toEqual([]);
  });

  it('knows those that the migrations create', () => {
    expect(tables.length).toBeGreaterThanOrEqual(35);
    expect(tables).toEqual(expect.arrayContaining(['practice', 'payment_receipt', 'trusted_document']));
  });

  it('are named by statements in stores only, and all stores of a table are in one folder', () => {
    const places = new Map<string, string[]>();
    for (const file of product)
      if (!isMigration(file) && !isAboutAll(file) && !file.endsWith('.entity.ts'))
        for (const table of tablesIn(textOf(file), tables))
          places.set(table, [...(places.get(table) ?? []), file]);
    const outside = [...places].flatMap(([table, files]) =>
      files.filter((file) => !file.endsWith('.store.ts')).map((file) => `${table} in ${file}`),
    );
    expect(outside).toEqual([]);
    const ownerOf = (file: string) => /^subgraphs\/(?:shared\/)?[\w-]+|^[\w-]+/.exec(file)?.[0];
    const shared = [...places]
      .filter(([, files]) => new Set(files.map(ownerOf)).size > 1)
      .map(([table, files]) => `${table} in ${files.join(', ')}`);
    expect(shared).toEqual([]);
  });

  it('have an entity that only its own folder uses, or none', () => {
    const entities = product.filter((file) => file.endsWith('.entity.ts'));
    const ownerOf = (file: string) => file.split('/').slice(0, 2).join('/');
    const names = entities.flatMap((file) =>
      [...textOf(file).matchAll(/export class (\w+Entity)\b/g)].map(([, name = '']) => ({ name, file })),
    );
    expect(names.length).toBeGreaterThan(10);
    const strays = names.flatMap(({ name, file }) =>
      product
        .filter((other) => !other.startsWith('demo/') && ownerOf(other) !== ownerOf(file))
        .filter((other) => new RegExp(`\\b${name}\\b`).test(textOf(other)))
        .map((other) => `${name} in ${other}`),
    );
    expect(strays).toEqual([]);
  });
});
