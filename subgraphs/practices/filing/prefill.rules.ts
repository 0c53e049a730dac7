import type { Caller } from '../../../core/identity/caller.ts';
import type { CitizenRecord } from '../../../legacy/ports/anagrafe.port.ts';
import type { StoredAnswers } from '../practice/answers.rules.ts';
import type { StoredAnswer, StoredChild } from '../records/practice.entity.ts';
import type { PrefillSource, StoredField } from '../records/template.entity.ts';

/** The known data of the applicant. */
export interface KnownPeople {
  readonly caller: Caller;
  /** Null for a non-resident and for a business: then only the verified token is known. */
  readonly citizen: CitizenRecord | null;
  readonly child: StoredChild | null;
}

/** The first answers of a draft: certified data of the legacy system or the sign-in, and the form's defaults. */
export function prefill(fields: readonly StoredField[], people: KnownPeople): StoredAnswers {
  const answers: Record<string, StoredAnswer> = {};
  for (const { code, kind, prefill: source, defaultValue } of fields) {
    if (kind === 'NOTE') continue;
    const known = source == null ? null : knownAnswer(source, people);
    if (known !== null) answers[code] = known;
    else if (defaultValue !== null) answers[code] = { value: defaultValue, certified: false };
  }
  return answers;
}

function knownAnswer(source: PrefillSource, { caller, citizen, child }: KnownPeople): StoredAnswer | null {
  const isChilds = source.startsWith('CHILD_');
  const value = isChilds
    ? childValue(source, child)
    : (citizenValue(source, citizen) ?? tokenValue(source, caller));
  if (value === null || value.trim() === '') return null;
  // A sign-in proves an identity; its e-mail and telephone are what the person once typed.
  const isDeclared = citizen === null && (source === 'APPLICANT_EMAIL' || source === 'APPLICANT_PHONE');
  return { value, certified: isChilds ? child?.key !== null : !isDeclared };
}

function citizenValue(source: PrefillSource, citizen: CitizenRecord | null): string | null {
  if (citizen === null) return null;
  const { residence } = citizen;
  switch (source) {
    case 'APPLICANT_CODICE_FISCALE':
      return citizen.codiceFiscale;
    case 'APPLICANT_FIRST_NAME':
      return citizen.firstName;
    case 'APPLICANT_LAST_NAME':
      return citizen.lastName;
    case 'APPLICANT_BIRTH_DATE':
      return citizen.birthDate;
    case 'APPLICANT_EMAIL':
      return citizen.email;
    case 'APPLICANT_PHONE':
      return citizen.phone;
    case 'APPLICANT_STREET':
      return residence?.street ?? null;
    case 'APPLICANT_HOUSE_NUMBER':
      return residence?.houseNumber ?? null;
    case 'APPLICANT_POSTAL_CODE':
      return residence?.postalCode ?? null;
    case 'APPLICANT_TOWN':
      return residence?.town ?? null;
    default:
      return null;
  }
}

function tokenValue(source: PrefillSource, caller: Caller): string | null {
  if (caller.kind === 'business') {
    if (source === 'APPLICANT_CODICE_FISCALE') return caller.codiceFiscale;
    return source === 'APPLICANT_LAST_NAME' ? caller.name : null;
  }
  if (caller.kind !== 'citizen') return null;
  switch (source) {
    case 'APPLICANT_CODICE_FISCALE':
      return caller.codiceFiscale;
    case 'APPLICANT_FIRST_NAME':
      return caller.firstName;
    case 'APPLICANT_LAST_NAME':
      return caller.lastName;
    case 'APPLICANT_BIRTH_DATE':
      return caller.birthDate;
    case 'APPLICANT_EMAIL':
      return caller.email;
    case 'APPLICANT_PHONE':
      return caller.phone;
    default:
      return null;
  }
}

function childValue(source: PrefillSource, child: StoredChild | null): string | null {
  switch (source) {
    case 'CHILD_CODICE_FISCALE':
      return child?.codiceFiscale ?? null;
    case 'CHILD_FIRST_NAME':
      return child?.firstName ?? null;
    case 'CHILD_LAST_NAME':
      return child?.lastName ?? null;
    case 'CHILD_BIRTH_DATE':
      return child?.birthDate ?? null;
    default:
      return null;
  }
}
