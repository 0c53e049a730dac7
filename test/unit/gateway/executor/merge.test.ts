import { describe, expect, it } from '@jest/globals';
import { mergeInto } from '../../../../gateway/executor/merge.ts';

function merged(target: Record<string, unknown>, source: Record<string, unknown>) {
  mergeInto(target, source, new Set(['Media']));
  return target;
}

describe('merging what two fetches brought', () => {
  it('keeps the value where the other is null, whichever came first', () => {
    expect(merged({ a: null, b: 1 }, { a: 1, b: null })).toEqual({ a: 1, b: 1 });
    expect(merged({ a: { b: null, c: { d: 1 } } }, { a: { b: 1, c: null } })).toEqual({
      a: { b: 1, c: { d: 1 } },
    });
  });

  it('keeps false, 0 and the empty text: they are values', () => {
    expect(merged({ a: false, b: 0, c: '' }, { a: true, b: 1, c: 'x' })).toEqual({ a: false, b: 0, c: '' });
    expect(merged({ a: null, b: null, c: null }, { a: false, b: 0, c: '' })).toEqual({
      a: false,
      b: 0,
      c: '',
    });
  });

  it('merges objects field by field', () => {
    expect(merged({ a: { b: 1 } }, { a: { c: 2 }, d: 3 })).toEqual({ a: { b: 1, c: 2 }, d: 3 });
  });

  it('merges lists item by item, lists of lists too', () => {
    expect(merged({ a: [{ b: 1 }, null, { b: 3 }] }, { a: [{ c: 1 }, { c: 2 }, null] })).toEqual({
      a: [{ b: 1, c: 1 }, { c: 2 }, { b: 3 }],
    });
    expect(merged({ a: [[{ b: 1 }], [null]] }, { a: [[{ c: 1 }], [{ c: 2 }]] })).toEqual({
      a: [[{ b: 1, c: 1 }], [{ c: 2 }]],
    });
    expect(merged({ a: [1, null, 3] }, { a: [4, 5, null] })).toEqual({ a: [1, 5, 3] });
  });

  it('leaves alone what is of another shape', () => {
    expect(merged({ a: [1, null] }, { a: { b: 1 } })).toEqual({ a: [1, null] });
    expect(merged({ a: 1 }, { a: { b: 1 } })).toEqual({ a: 1 });
    expect(merged({ a: { b: 1 } }, { a: 1 })).toEqual({ a: { b: 1 } });
  });

  it('knows an object by its own type once one of them says it', () => {
    expect(merged({ __typename: 'Media' }, { __typename: 'Book' })).toEqual({ __typename: 'Book' });
    expect(merged({ __typename: 'Book' }, { __typename: 'Media' })).toEqual({ __typename: 'Book' });
    expect(merged({ a: [{ __typename: 'Media' }] }, { a: [{ __typename: 'Book' }] })).toEqual({
      a: [{ __typename: 'Book' }],
    });
    expect(merged({ __typename: 'Media' }, { __typename: null })).toEqual({ __typename: 'Media' });
    expect(merged({ __typename: 'Node' }, { __typename: 'Book' })).toEqual({ __typename: 'Node' });
  });

  it('takes a field called like something that every object has, and never another prototype', () => {
    expect(merged({}, { constructor: 'x' })).toEqual({ constructor: 'x' });
    const target = merged({}, JSON.parse('{ "__proto__": { "polluted": 1 } }'));
    expect('polluted' in target).toBe(false);
  });
});
