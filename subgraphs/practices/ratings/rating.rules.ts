import { isIdempotencyKey, keyInvalid } from '../../shared/idempotency-key.ts';
import type { Sentence } from '../../shared/problem.ts';
import type { RateServiceInput } from './rate-service.input.ts';
import { fits, type RatedAspect } from './rated-aspect.type.ts';
import type { RatingEntity } from './rating.entity.ts';

/** Unit: characters. */
const maxCommentLength = 200;

export interface RatingProblem {
  readonly path: keyof RateServiceInput;
  readonly code: RatingProblemCode;
}

/** A rating as stored, with all problems of the input. */
export function checkRating({ stars, aspects, comment, idempotencyKey }: RateServiceInput): {
  readonly rating: Pick<RatingEntity, 'stars' | 'aspects' | 'comment'>;
  readonly problems: readonly RatingProblem[];
} {
  const text = comment?.normalize('NFC').replace(/\s+/g, ' ').trim() || null;
  const problems: RatingProblem[] = [];
  const expect = (isGood: boolean, path: RatingProblem['path'], code: RatingProblemCode) => {
    if (!isGood) problems.push({ path, code });
  };
  const areStars = stars >= 1 && stars <= 5;
  expect(areStars, 'stars', 'STARS_INVALID');
  if (areStars)
    expect(
      aspects.every((aspect) => fits(aspect, stars)),
      'aspects',
      'ASPECT_NOT_EXPECTED',
    );
  expect([...(text ?? '')].length <= maxCommentLength, 'comment', 'TOO_LONG');
  expect(isPrintable(text ?? ''), 'comment', 'NOT_TEXT');
  expect(isIdempotencyKey(idempotencyKey), 'idempotencyKey', 'KEY_INVALID');
  return { rating: { stars, aspects: sorted(aspects), comment: text }, problems };
}

/** Each aspect once and in a fixed order, so that a repetition is recognised. */
function sorted(aspects: readonly RatedAspect[]): readonly RatedAspect[] {
  return [...new Set(aspects)].sort();
}

function isPrintable(text: string): boolean {
  return text.isWellFormed() && !/[\p{Cc}\u2028\u2029]/u.test(text);
}

export const ratingProblems = {
  SERVICE_UNKNOWN: {
    it: 'Questo servizio non esiste.',
    en: 'There is no such service: give the id of a template or of a kind of payment.',
  },
  STARS_INVALID: { it: 'Indicare da una a cinque stelle.', en: 'Give one to five stars.' },
  ASPECT_NOT_EXPECTED: {
    it: 'Con quattro o cinque stelle si indicano gli aspetti preferiti, fino a tre le difficoltà.',
    en: 'With four or five stars choose what went well, with one to three what was difficult.',
  },
  TOO_LONG: {
    it: `Il commento è troppo lungo: al massimo ${maxCommentLength} caratteri.`,
    en: `The comment is too long: at most ${maxCommentLength} characters.`,
  },
  NOT_TEXT: {
    it: 'Il commento contiene caratteri che non si possono stampare.',
    en: 'The comment has characters that cannot be printed.',
  },
  KEY_INVALID: keyInvalid,
  KEY_REUSED: {
    it: 'Questa chiave è già stata usata per un’altra valutazione: generarne una nuova.',
    en: 'This key was used for another rating before: make a new one.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;
export type RatingProblemCode = keyof typeof ratingProblems;
