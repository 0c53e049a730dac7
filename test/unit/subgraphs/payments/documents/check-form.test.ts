import { describe, expect, it } from '@jest/globals';
import type { PaymentKindRecord } from '../../../../../legacy/ports/payments.port.ts';
import { maxLengths } from '../../../../../subgraphs/payments/payment/field-limits.rules.ts';
import { createRequestProblems } from '../../../../../subgraphs/payments/sessions/request-problems.ts';
import { checkForm } from '../../../../../subgraphs/payments/spontaneous/check-form.rules.ts';
import { payingRules } from '../../../../support/paying-rules.ts';

const kind: PaymentKindRecord = {
  code: 'CORSI',
  name: 'Corsi',
  fields: [
    {
      ...{ code: 'PERIODO', input: 'period', label: 'Periodo', help: null, required: false, hidden: false },
      options: ['Primo semestre', 'Secondo semestre'],
    },
  ],
};

describe('a form with a list to choose from', () => {
  it.each([
    ['Primo semestre', []],
    [' Secondo semestre ', []],
    ['', []],
    [null, []],
    ['primo semestre', ['period NOT_AN_OPTION']],
    ['Terzo semestre', ['period NOT_AN_OPTION']],
  ])('takes what the list has and nothing else: %p', (period, expected) => {
    const problems = createRequestProblems({ language: 'en', paying: { returnOrigins: [] } } as never);
    checkForm(
      problems,
      kind,
      {
        ...{ kindId: '', privacyAccepted: true, payerCodice: 'RSSCLD84C52A794Q', payerName: 'Claudia Rossi' },
        ...{ email: 'a@example.it', amount: 100, returnUrl: '', idempotencyKey: 'k', period },
      },
      payingRules.spontaneous,
    );
    expect(problems.found.map(({ path, code }) => `${path} ${code}`)).toEqual(expected);
  });
});

describe('the texts of a form', () => {
  const texts = ['payerName', 'userCode', 'beneficiaryName', 'notes'] as const;
  const check = (more: object) => {
    const problems = createRequestProblems({ language: 'en', paying: { returnOrigins: [] } } as never);
    const given = {
      ...{ kindId: '', privacyAccepted: true, payerCodice: 'RSSCLD84C52A794Q', payerName: 'Claudia Rossi' },
      ...{ email: 'a@example.it', amount: 100, returnUrl: '', idempotencyKey: 'k', ...more },
    };
    const fields = texts.map((input) => {
      const rules = { help: null, required: false, hidden: false, options: [] };
      return { code: input, input, label: input, ...rules };
    });
    checkForm(problems, { ...kind, fields }, given, payingRules.spontaneous);
    return problems.found.map(({ path, code }) => `${path} ${code}`);
  };

  it('have the lengths that the form states', () => {
    expect(texts.map((name) => maxLengths[name])).toEqual([70, 40, 70, 140]);
    for (const name of texts) {
      expect(check({ [name]: 'x'.repeat(maxLengths[name]) })).toEqual([]);
      expect(check({ [name]: 'x'.repeat(maxLengths[name] + 1) })).toEqual([`${name} TOO_LONG`]);
    }
  });
});
