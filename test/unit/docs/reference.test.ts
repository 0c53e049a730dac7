import { beforeAll, describe, expect, it } from '@jest/globals';
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { buildReference, readMaterial } from '../../../commands/reference/build-reference.ts';
import { codesAnswered } from '../../../commands/reference/codes.ts';
import { anchorOf, type Material } from '../../../commands/reference/describe.ts';
import { createMarkdown } from '../../../commands/reference/markdown.ts';
import { placesWithoutSample } from '../../../commands/reference/samples.ts';

let files: ReadonlyMap<string, string>;
let material: Material;
beforeAll(async () => {
  [files, material] = await Promise.all([buildReference(), readMaterial()]);
});

const idsOf = (html: string) => new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id));

describe('the reference', () => {
  it('has no dead link, and each id once a page', () => {
    const ids = new Map([...files].map(([name, html]) => [name, idsOf(html)]));
    const dead: string[] = [];
    for (const [name, html] of files) {
      if (!name.endsWith('.html')) continue;
      for (const [, href = ''] of html.matchAll(/ (?:href|src)="([^"]+)"/g)) {
        if (/^(https?:|data:)/.test(href)) continue;
        const [file, id] = href.split('#');
        const target = ids.get(file || name);
        if (target === undefined || (id !== undefined && !target.has(id))) dead.push(`${name}: ${href}`);
      }
      const all = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect([name, all.filter((id, at) => all.indexOf(id) !== at)]).toEqual([name, []]);
    }
    expect(dead).toEqual([]);
  });

  it('loads nothing from elsewhere', () => {
    for (const [name, html] of files)
      if (name.endsWith('.html'))
        expect([name, html.match(/<(script|link|img|iframe)[^>]+(src|href)="https?:[^>]*/g)]).toEqual([
          name,
          null,
        ]);
  });

  it('describes each type, field, argument, value and code, each object with its rule', () => {
    const { schema, codes, access } = material;
    const missing: string[] = [];
    const expectId = (file: string, id: string) => {
      if (!files.get(file)?.includes(` id="${id}"`)) missing.push(`${file}#${id}`);
    };
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__')) continue;
      const root = ['Query', 'Mutation'].includes(type.name) ? type.name.toLowerCase() : null;
      if (isEnumType(type))
        for (const { name } of type.getValues()) expectId(`type-${type.name}.html`, `${type.name}.${name}`);
      if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        const place = `${type.name}.${field.name}`;
        const file = root === null ? `type-${type.name}.html` : `${root}-${field.name}.html`;
        if (root === null) expectId(file, place);
        else if (!files.has(file)) missing.push(file);
        if ('args' in field)
          for (const { name } of field.args as readonly { readonly name: string }[])
            expectId(file, anchorOf(`${place}(${name}:)`));
        if (isObjectType(type)) {
          const rules = [...(access.get(place) ?? [])];
          expect([place, rules.length > 0]).toEqual([place, true]);
          for (const rule of rules) expect(files.get(file)).toContain(`#${rule.toLowerCase()}">${rule}</a>`);
        }
      }
    }
    for (const { code } of codes) expectId('codes.html', code);
    expect(missing).toEqual([]);
  });

  it('has an example of each field, argument and input field', () => {
    expect(placesWithoutSample(material.schema, material.samples)).toEqual([]);
  });

  it('lists each code that an example was answered', () => {
    const known = new Set(material.codes.map(({ code }) => code));
    const answered = Object.values(material.outcomes).flatMap(({ body }) => codesAnswered(body));
    expect(answered.filter(({ code }) => !known.has(code) && code !== 'GRAPHQL_VALIDATION_FAILED')).toEqual(
      [],
    );
    expect(new Set(answered.map(({ code }) => code)).size).toBeGreaterThan(20);
  });

  it('shows HTML in a document as text', () => {
    const { block } = createMarkdown(() => null);
    expect(block('curl <checkoutUrl> <script>alert(1)</script>')).not.toMatch(/<script|<checkoutUrl/);
    expect(block('[x](javascript:alert(1))')).not.toContain('href');
  });
});
