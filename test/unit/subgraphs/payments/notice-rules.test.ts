import { describe, expect, it } from '@jest/globals';
import type { CodiceFiscale } from '../../../../core/values/index.ts';
import { isDebtor, publicDescriptionOf } from '../../../../subgraphs/payments/notice/notice.rules.ts';

const of = (description: string) => ({ description, instalment: null, isSpontaneous: false });

describe('a notice for anyone holding its number', () => {
  it.each([
    ['Mensa di Bianchi Luca 2026 rata 1', 'Avviso di pagamento, anno 2026'],
    ['Mensa di Bianchi Luca', 'Avviso di pagamento'],
    ['Pratica 120261 di Bianchi Luca', 'Avviso di pagamento'],
  ])('has no name: %s', (description, shown) => {
    expect(publicDescriptionOf(of(description))).toBe(shown);
  });

  it('names the invoice, if it is one', () => {
    const instalment = { year: 2020, number: 684, rata: 1 };
    expect(publicDescriptionOf({ ...of('Bianchi Luca'), instalment })).toBe('Fattura 2020/684, rata 1');
  });

  it('has our own words for a spontaneous payment', () => {
    expect(publicDescriptionOf({ ...of('Diritti di segreteria'), isSpontaneous: true })).toBe(
      'Diritti di segreteria',
    );
  });

  it('knows its debtor however the code is typed, and nobody else', () => {
    const debtor = 'RSSCLD84C52A794Q' as CodiceFiscale;
    expect(isDebtor({ debtor }, 'rsscld84c52 a794q')).toBe(true);
    expect(isDebtor({ debtor }, 'RSSCLD84C52A794R')).toBe(false);
  });
});
