import { describe, expect, it } from '@jest/globals';
import { createId } from '../../../../core/ids.ts';
import {
  enrolmentId,
  instalmentId,
  invoiceId,
  parseEnrolmentId,
  parseInstalmentId,
  parseInvoiceId,
} from '../../../../subgraphs/shared/billing-ids.ts';

describe('ids of enrolments, invoices and instalments', () => {
  it('come back as the key they were made of', () => {
    const key = { year: 2020, number: 684 };
    expect(parseEnrolmentId(enrolmentId(key))).toEqual(key);
    expect(parseInvoiceId(invoiceId(key))).toEqual(key);
    expect(parseInstalmentId(instalmentId({ ...key, rata: 1 }))).toEqual({ ...key, rata: 1 });
  });

  it.each([
    ['another type', createId('Enrolment', 2020, 684)],
    ['a part too few', createId('Invoice', 2020)],
    ['a part too many', createId('Invoice', 2020, 684, 1)],
    ['a leading zero', createId('Invoice', 2020, '0684')],
    ['a sign', createId('Invoice', 2020, -1)],
    ['a fraction', createId('Invoice', 2020, 1.5)],
    ['another notation', createId('Invoice', 2020, '1e3')],
    ['more digits than a number holds', createId('Invoice', 2020, '1000000000000000')],
    ['a year of five digits', createId('Invoice', 20_200, 1)],
    ['nothing', ''],
  ])('are none with %s', (_, id) => {
    expect(parseInvoiceId(id)).toBeNull();
  });

  it('are none with more digits of the instalment than a number holds', () => {
    expect(parseInstalmentId(createId('Instalment', 2020, 684, '1000000000000000'))).toBeNull();
  });
});
