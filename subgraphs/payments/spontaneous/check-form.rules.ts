import {
  type CodiceFiscale,
  compactCode,
  type EuroCents,
  formatEuro,
  isCodiceFiscale,
  tidyName,
} from '../../../core/values/index.ts';
import type { PaymentKindInput, PaymentKindRecord } from '../../../legacy/ports/payments.port.ts';
import type { SchoolLevel } from '../../../legacy/ports/school-billing.port.ts';
import type { SpontaneousRules } from '../../shared/pagopa/paying-rules.ts';
import { mostCents } from '../documents/notice-codes.rules.ts';
import { maxLengths } from '../payment/field-limits.rules.ts';
import type { FilledForm } from '../records/spontaneous.store.ts';
import type { RequestProblems } from '../sessions/request-problems.ts';
import type { SpontaneousPaymentInput } from './spontaneous-payment.input.ts';

/** Checks a form against the fields of its kind: required ones must be filled in, those it lacks must be empty. */
export function checkForm(
  problems: RequestProblems,
  kind: PaymentKindRecord,
  input: SpontaneousPaymentInput,
  { highestCents }: SpontaneousRules,
): FilledForm {
  const fields = new Map(kind.fields.map((field) => [field.input, field]));
  const optional = (name: 'userCode' | 'beneficiaryName' | 'period' | 'notes') => {
    const field = fields.get(name);
    const typed = name === 'beneficiaryName' ? tidyName(input[name] ?? '') : input[name];
    const value = problems.text(name, typed, maxLengths[name]);
    if (field === undefined && value !== null) notOffered(problems, name);
    if (field?.required && value === null) required(problems, name);
    if (value !== null && field !== undefined && field.options.length > 0 && !field.options.includes(value))
      notAnOption(problems, name, field.options);
    return value;
  };
  if (!input.privacyAccepted) {
    problems.add('privacyAccepted', 'PRIVACY_NOT_ACCEPTED', {
      it: 'Per proseguire occorre accettare l’informativa privacy.',
      en: 'The privacy notice must be accepted.',
    });
  }
  const email = problems.email('email', input.email);
  if (email === null) required(problems, 'email');
  return {
    payer: checkPayer(problems, input.payerCodice),
    payerName: problems.required('payerName', tidyName(input.payerName), maxLengths.payerName),
    email: email ?? '',
    userCode: optional('userCode'),
    beneficiaryName: optional('beneficiaryName'),
    period: optional('period'),
    school: checkSchool(problems, fields.get('school') ?? null, input.school ?? null),
    notes: optional('notes'),
    amount: checkAmount(
      problems,
      input.amount,
      highestCents.get(kind.code) ?? highestCents.get('') ?? mostCents,
    ),
  };
}

function checkPayer(problems: RequestProblems, typed: string): CodiceFiscale {
  const code = compactCode(typed);
  if (code === '') required(problems, 'payerCodice');
  else if (!isCodiceFiscale(code)) {
    problems.add('payerCodice', 'CODICE_INVALID', {
      it: 'Indicare un codice fiscale di 16 caratteri, o una partita IVA o un codice provvisorio di 11 cifre: controllare tutti i caratteri.',
      en: 'Give a codice fiscale of 16 characters, or a partita IVA or provisional code of 11 digits: check every character.',
    });
  }
  return code as CodiceFiscale;
}

function checkSchool(
  problems: RequestProblems,
  field: PaymentKindRecord['fields'][number] | null,
  school: SchoolLevel | null,
): SchoolLevel | null {
  if (school === null) {
    if (field?.required) required(problems, 'school');
  } else if (field === null) notOffered(problems, 'school');
  else if (!field.options.some((option) => isOption(option, school))) {
    problems.add('school', 'SCHOOL_NOT_OFFERED', {
      it: `Questa struttura non è prevista. Sono ammesse: ${field.options.join(', ')}.`,
      en: `This school is not offered. These are: ${field.options.join(', ')}.`,
    });
  }
  return school;
}

/** [PORTAL] facts §3.5: `scuola infanzia`, `scuola primaria`. */
function isOption(option: string, school: SchoolLevel): boolean {
  return option
    .toUpperCase()
    .split(/[^A-Z]+/)
    .includes(school);
}

/** No notice holds more than `mostCents`, whatever limit the operator sets. */
function checkAmount(problems: RequestProblems, amount: number, allowed: number): EuroCents {
  const highest = Math.min(allowed, mostCents);
  if (amount < 1) {
    problems.add('amount', 'AMOUNT_TOO_SMALL', {
      it: 'Indicare un importo di almeno un centesimo.',
      en: 'Give an amount of at least one cent.',
    });
  }
  if (amount > highest) {
    const most = formatEuro(highest as EuroCents);
    problems.add('amount', 'AMOUNT_TOO_LARGE', {
      it: `Qui si possono pagare al massimo ${most} euro: per importi maggiori rivolgersi all’ufficio.`,
      en: `At most ${most} euros can be paid here: ask the office about higher amounts.`,
    });
  }
  return amount as EuroCents;
}

function required(problems: RequestProblems, path: PaymentKindInput): void {
  problems.add(path, 'REQUIRED', { it: 'Campo obbligatorio.', en: 'This field is required.' });
}

function notAnOption(problems: RequestProblems, path: PaymentKindInput, options: readonly string[]): void {
  problems.add(path, 'NOT_AN_OPTION', {
    it: `Scegliere una delle voci previste: ${options.join('; ')}.`,
    en: `Choose one of the options: ${options.join('; ')}.`,
  });
}

function notOffered(problems: RequestProblems, path: PaymentKindInput): void {
  problems.add(path, 'NOT_IN_FORM', {
    it: 'Questo tipo di pagamento non prevede questo dato: lasciarlo vuoto.',
    en: 'The form of this kind of payment does not have this field: leave it empty.',
  });
}
