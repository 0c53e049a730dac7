import { expect, it } from '@jest/globals';
import { Kind, parse } from 'graphql';
import { lookupsOf } from '../../../../gateway/plugins/limited-lookups.ts';

function count(source: string): number {
  const document = parse(source);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  return operation?.kind === Kind.OPERATION_DEFINITION
    ? lookupsOf(operation.selectionSet, document)
    : Number.NaN;
}

it('counts each place where a look-up stands, in fragments as often as they are spread', () => {
  expect(count('{ paymentNotice a: paymentNotice me { paymentNotice } }')).toBe(2);
  expect(
    count(
      '{ ...A ... { ...A } } fragment A on Query { paymentNotice ...B } fragment B on Query { payNotice }',
    ),
  ).toBe(4);
  const chain = Array.from({ length: 60 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`);
  expect(count(`{ ...F0 } ${chain.join(' ')} fragment F60 on Query { paymentNotice }`)).toBe(2 ** 60);
  expect(count('{ ...A } fragment A on Query { paymentNotice ...B } fragment B on Query { ...A }')).toBe(1);
  expect(count('{ ...toString ...A } fragment A on Query { me { id } }')).toBe(0);
});
