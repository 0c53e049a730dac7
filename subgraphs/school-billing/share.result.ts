import { createUnionType, Field, ObjectType } from 'type-graphql';
import { keyInvalid } from '../shared/idempotency-key.ts';
import { IdempotencyKeyReused, NotAllowed, Problem, type Sentence } from '../shared/problem.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { FieldProblem } from '../shared/shared-types.ts';
import { SchoolDataShare } from './share.type.ts';

@ObjectType({ simpleResolvers: true, description: 'The share works from the next request.' })
export class SchoolDataShared {
  @Field(() => SchoolDataShare, { description: 'The share.' })
  share!: SchoolDataShare;
}

@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'The request is not valid; nothing happened. Code: SHARE_INVALID. Codes of its fields: CODICE_FISCALE_INVALID, RECIPIENT_IS_CALLER, RECIPIENT_IS_MINOR, RECIPIENT_IS_APPLICANT, NO_SCOPES, ENDS_IN_THE_PAST, TOO_MANY_SHARES, KEY_INVALID.',
})
export class ShareInvalid extends Problem {
  @Field(() => [FieldProblem], { description: 'Every problem; `path` is the name of the input field.' })
  problems!: readonly FieldProblem[];
}

@ObjectType({ simpleResolvers: true, description: 'The share has ended.' })
export class ShareRevoked {
  @Field(() => SchoolDataShare, { description: 'The share, with `revokedAt`.' })
  share!: SchoolDataShare;
}

export type ShareSchoolDataResult = SchoolDataShared | ShareInvalid | IdempotencyKeyReused | NotAllowed;
export const ShareSchoolDataResultUnion = createUnionType({
  name: 'ShareSchoolDataResult',
  description: 'The outcome of `shareSchoolData`.',
  types: () => [SchoolDataShared, ShareInvalid, IdempotencyKeyReused, NotAllowed] as const,
});

export type RevokeShareResult = ShareRevoked | NotAllowed;
export const RevokeShareResultUnion = createUnionType({
  name: 'RevokeShareResult',
  description: 'The outcome of `revokeShare`.',
  types: () => [ShareRevoked, NotAllowed] as const,
});

/** Most people with whom one applicant shares one child. */
export const mostShares = 10;

const fieldSentences = {
  CODICE_FISCALE_INVALID: {
    it: 'Indicare il codice fiscale di una persona, di 16 caratteri: controllarli tutti.',
    en: 'Give the codice fiscale of a person, 16 characters: check all of them.',
  },
  RECIPIENT_IS_CALLER: {
    it: 'È il proprio codice fiscale: indicare quello di un’altra persona.',
    en: 'This is your own codice fiscale: give another person’s.',
  },
  RECIPIENT_IS_MINOR: {
    it: 'Si può condividere solo con una persona maggiorenne.',
    en: 'You can share with a person of 18 years or more only.',
  },
  RECIPIENT_IS_APPLICANT: {
    it: 'Questa persona ha presentato domanda per il minore e ne vede già i dati.',
    en: 'This person filed an application for the child and sees the data already.',
  },
  NO_SCOPES: { it: 'Scegliere almeno una cosa da condividere.', en: 'Choose at least one thing to share.' },
  ENDS_IN_THE_PAST: {
    it: 'L’ultimo giorno è già passato: indicare oggi o un giorno successivo.',
    en: 'The last day has passed: give today or a later day.',
  },
  TOO_MANY_SHARES: {
    it: `Si può condividere un minore con al massimo ${mostShares} persone: revocare prima una condivisione.`,
    en: `A child can be shared with at most ${mostShares} people: revoke a share first.`,
  },
  KEY_INVALID: keyInvalid,
} as const satisfies Readonly<Record<string, Sentence>>;
export type ShareProblemCode = keyof typeof fieldSentences;

export function shareProblem(
  { language }: RequestContext,
  path: string,
  code: ShareProblemCode,
): FieldProblem {
  return Object.assign(new FieldProblem(), { path, code, message: fieldSentences[code][language] });
}

export function shareInvalid({ language }: RequestContext, problems: readonly FieldProblem[]): ShareInvalid {
  const message = {
    it: 'Alcuni dati non sono corretti: controllare i campi indicati.',
    en: 'Some details are not correct: check the fields listed.',
  }[language];
  return Object.assign(new ShareInvalid(), { code: 'SHARE_INVALID', message, problems });
}

const refusals = {
  NOT_APPLICANT: {
    it: 'Solo chi ha presentato la domanda per il minore può condividerne i dati scolastici.',
    en: 'Only the person who filed the application for the child can share its school data.',
  },
  SHARED_BY_ANOTHER: {
    it: 'Questi dati sono condivisi da un’altra persona, che sola può condividerli: chiedere a lei.',
    en: 'Another person shares these data with you, and only that person can share them: ask them.',
  },
  NOT_GIVER: {
    it: 'Solo chi ha concesso una condivisione può revocarla.',
    en: 'Only the person who gave a share can revoke it.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

export function shareRefused({ language }: RequestContext, code: keyof typeof refusals): NotAllowed {
  return Object.assign(new NotAllowed(), { code, message: refusals[code][language] });
}
