import type { FetchRewrite, RequiresSelection } from '@graphql-hive/router-query-planner';
import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { compileRepresentation } from '../../../../gateway/executor/representation.ts';
import { compileRewrites, interfaceNamedBy } from '../../../../gateway/executor/rewrite.ts';
import { compileTargetPath, targetObjects, targetsWithPaths } from '../../../../gateway/executor/targets.ts';
import { typesOf } from '../../../../gateway/executor/types.ts';

const types = typesOf(
  buildSchema(`type Query { media: Media } interface Media { id: ID! }
    type Book implements Media { id: ID! } type Film implements Media { id: ID! } type Shop { id: ID! }`),
  'interface Media @join__type(graph: A, key: "id", isInterfaceObject: true) { id: ID! }',
);
const field = (name: string, ...selections: RequiresSelection[]): RequiresSelection => ({
  kind: 'Field',
  name,
  selections,
});
const on = (typeCondition: string, ...selections: RequiresSelection[]): RequiresSelection => ({
  kind: 'InlineFragment',
  typeCondition,
  selections,
});

it('an interface object is an interface that one subgraph knows as an object', () => {
  const sdl = `interface Media @join__type(graph: A, isInterfaceObject: true) { id: ID! }
    interface Node @join__type(graph: A, extension: true, isInterfaceObject: false) { id: ID! }
    interface Plain { id: ID! }
    type Shop @join__type(graph: A, isInterfaceObject: true) { id: ID! }`;
  expect([...typesOf(buildSchema('type Query { a: Int }'), sdl).interfaceObjects]).toEqual(['Media']);
});

describe('a representation', () => {
  const book = { __typename: 'Book', id: 'b1', title: 'Pinocchio' };

  it('has the type, and what is required of that type', () => {
    const build = compileRepresentation([on('Book', field('id')), on('Shop', field('code'))], null, types);
    expect(build(book)).toEqual({ __typename: 'Book', id: 'b1' });
    expect(build({ __typename: 'Shop', id: 's1', code: 7 })).toEqual({ __typename: 'Shop', code: 7 });
    expect(build({ __typename: 'Film', id: 'f1' })).toBeNull();
    expect(build({ id: 'b1' })).toBeNull();
  });

  it('is of an interface for each of its types, and for one that is known by the interface alone', () => {
    const build = compileRepresentation([on('Media', field('id'))], null, types);
    expect(build(book)).toEqual({ __typename: 'Book', id: 'b1' });
    expect(build({ __typename: 'Media', id: 'm1' })).toEqual({ __typename: 'Media', id: 'm1' });
    expect(build({ __typename: 'Shop', id: 's1' })).toBeNull();
  });

  it('has a value under its own name that was fetched under another', () => {
    const fetched: RequiresSelection = { kind: 'Field', name: '_internal_qp_alias_0', alias: 'title' };
    const build = compileRepresentation([on('Book', fetched)], null, types);
    expect(build({ ...book, _internal_qp_alias_0: 'Cuore' })).toEqual({ __typename: 'Book', title: 'Cuore' });
  });

  it('takes objects and lists apart, and keeps nulls', () => {
    const build = compileRepresentation([on('Book', field('pages', field('number')))], null, types);
    const pages = [{ number: 1, text: 'x' }, null, { number: 3 }];
    expect(build({ ...book, pages })).toEqual({
      __typename: 'Book',
      pages: [{ number: 1 }, null, { number: 3 }],
    });
    expect(build({ ...book, pages: null })).toEqual({ __typename: 'Book', pages: null });
  });

  it('has the types of nested objects where something depends on them, by fragments in fragments too', () => {
    const nested = field('of', on('Media', on('Book', field('title')), on('Film', field('length'))));
    const build = compileRepresentation([on('Shop', nested)], null, types);
    expect(build({ __typename: 'Shop', of: [book, { __typename: 'Film', length: 90, id: 'f1' }] })).toEqual({
      __typename: 'Shop',
      of: [
        { __typename: 'Book', title: 'Pinocchio' },
        { __typename: 'Film', length: 90 },
      ],
    });
  });

  it('joins what several fragments select of one field', () => {
    const build = compileRepresentation(
      [on('Book', field('by', field('name'))), on('Media', field('by', field('born')))],
      null,
      types,
    );
    expect(build({ ...book, by: { name: 'Collodi', born: 1826, died: 1890 } })).toEqual({
      __typename: 'Book',
      by: { name: 'Collodi', born: 1826 },
    });
  });

  it('is none when a required value is missing, however deep', () => {
    const build = compileRepresentation([on('Book', field('pages', field('number')))], null, types);
    expect(build(book)).toBeUndefined();
    expect(build({ ...book, pages: [{ number: 1 }, {}] })).toBeUndefined();
    const typed = compileRepresentation([on('Shop', field('of', on('Book', field('title'))))], null, types);
    expect(typed({ __typename: 'Shop', of: { title: 'x' } })).toBeUndefined();
  });

  it('stands for every type of an interface object when the plan names one of them', () => {
    const build = compileRepresentation([on('Film', field('id'))], 'Media', types);
    expect(build(book)).toEqual({ __typename: 'Book', id: 'b1' });
    expect(build({ __typename: 'Shop', id: 's1' })).toBeNull();
    expect(build({ __typename: 'Media', id: 'm1' })).toBeNull();
  });

  it('is not guessed: what is unknown in a plan is refused', () => {
    const compile = (selection: unknown) => () =>
      compileRepresentation([on('Book', selection as RequiresSelection)], null, types);
    expect(compile({ kind: 'FragmentSpread', value: 'F' })).toThrow(/not supported/);
    expect(compile({ ...on('Book', field('id')), includeIf: 'x' })).toThrow(/not supported/);
  });
});

describe("a plan's rewrites", () => {
  const toMedia: FetchRewrite = {
    ValueSetter: { path: [{ TypenameEquals: ['Media'] }, { Key: '__typename' }], setValueTo: 'Media' },
  };

  it('have a representation of any type of an interface carry its name, and no other', () => {
    const rewrite = compileRewrites([toMedia], types);
    const rewritten = (data: Record<string, unknown>) => {
      rewrite?.(data);
      return data;
    };
    expect(rewritten({ __typename: 'Book', id: 1 })).toEqual({ __typename: 'Media', id: 1 });
    expect(rewritten({ __typename: 'Shop', id: 1 })).toEqual({ __typename: 'Shop', id: 1 });
    expect(interfaceNamedBy([toMedia])).toBe('Media');
    expect(interfaceNamedBy(undefined)).toBeNull();
  });

  it('give fields their names back, in lists, on the types that they name', () => {
    const path = [{ Key: 'a' }, { TypenameEquals: ['Film', 'Book'] }, { Key: '_internal_qp_alias_0' }];
    const rewrite = compileRewrites([{ KeyRenamer: { path, renameKeyTo: 'name' } }], types);
    const data = {
      a: [
        { __typename: 'Book', _internal_qp_alias_0: 1 },
        { __typename: 'Shop', _internal_qp_alias_0: 2 },
        { __typename: 'Book' },
        null,
      ],
    };
    rewrite?.(data);
    expect(data.a).toEqual([
      { __typename: 'Book', name: 1 },
      { __typename: 'Shop', _internal_qp_alias_0: 2 },
      { __typename: 'Book' },
      null,
    ]);
  });

  it('are refused when they are unknown', () => {
    expect(() => compileRewrites([{ Other: {} } as never], types)).toThrow(/not supported/);
    const path = [{ Index: 1 }] as never;
    expect(() => compileRewrites([{ KeyRenamer: { path, renameKeyTo: 'x' } }], types)).toThrow(
      /not supported/,
    );
    expect(compileRewrites([], types)).toBeNull();
  });
});

describe("a plan's path", () => {
  const data = {
    all: [
      { __typename: 'Book', id: 1 },
      null,
      { __typename: 'Shop', id: 2 },
      [{ __typename: 'Film', id: 3 }],
    ],
  };

  it('leads to objects in lists, of the types that its conditions let pass', () => {
    const ids = (condition: string) =>
      targetObjects(
        data,
        compileTargetPath([{ Field: 'all' }, '@', { TypeCondition: [condition] }], types),
      ).map(({ id }) => id);
    expect(ids('Book')).toEqual([1]);
    expect(ids('Media')).toEqual([1, 3]);
    expect(ids('Shop')).toEqual([2]);
  });

  it('leads to an object where a list may be as well', () => {
    const path = compileTargetPath([{ Field: 'one' }, '@'], types);
    const one = { id: 1 };
    expect(targetObjects({ one }, path)).toEqual([one]);
    expect(targetsWithPaths({ one }, path)).toEqual([{ object: one, path: ['one'] }]);
  });

  it('says where they are', () => {
    const found = targetsWithPaths(
      data,
      compileTargetPath([{ Field: 'all' }, '@', { TypeCondition: ['Media'] }], types),
    );
    expect(found.map(({ path }) => path)).toEqual([
      ['all', 0],
      ['all', 3, 0],
    ]);
  });

  it('is refused when a part of it is unknown', () => {
    expect(() => compileTargetPath([{ Index: 0 } as never], types)).toThrow(/not supported/);
  });
});
