import { parseId } from '../../../core/ids.ts';
import { orThrow } from '../../../core/unreadable.ts';
import { canonicalJson, sha256Of } from '../../shared/fingerprint.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { templateById } from '../template/template.loader.ts';
import type { RateServiceInput } from './rate-service.input.ts';
import { type RateServiceResult, RatingInvalid, ServiceRated } from './rate-service.result.ts';
import { RatingEntity } from './rating.entity.ts';
import { checkRating, type RatingProblem, ratingProblems } from './rating.rules.ts';

/**
 * Stores a rating once for each key, without the caller's identity: neither a row nor an audit event holds it.
 *
 * Errors: LEGACY_UNAVAILABLE for a kind of payment.
 */
export async function rateService(
  context: RequestContext,
  input: RateServiceInput,
): Promise<typeof RateServiceResult> {
  const { rating, problems } = checkRating(input);
  const title = await titleOf(context, input.service);
  const unknown: readonly RatingProblem[] =
    title === null ? [{ path: 'service', code: 'SERVICE_UNKNOWN' }] : [];
  if (title === null || problems.length > 0) return invalid(context, [...unknown, ...problems]);
  const keySha256 = sha256Of(input.idempotencyKey);
  const row = { ...rating, keySha256, service: input.service, title, ratedOn: context.today };
  const ratings = context.database.getRepository(RatingEntity);
  await ratings.createQueryBuilder().insert().values(row).orIgnore().execute();
  const kept = await ratings.findOneByOrFail({ keySha256 });
  if (contentOf(kept) !== contentOf(row))
    return invalid(context, [{ path: 'idempotencyKey', code: 'KEY_REUSED' }]);
  return Object.assign(new ServiceRated(), { stars: kept.stars });
}

function contentOf({ service, stars, aspects, comment }: RatingEntity): string {
  return canonicalJson({ service, stars, aspects, comment });
}

/** The service's name; null if there is no such service. */
async function titleOf(context: RequestContext, id: string): Promise<string | null> {
  const templateId = parseId('PracticeTemplate', id)?.join('/');
  if (templateId !== undefined) return (await templateById(context).load(templateId))?.title ?? null;
  const kindCode = parseId('PaymentKind', id)?.join('/');
  if (kindCode === undefined) return null;
  const [kind = null] = await context.legacy.payments.paymentKindsByCode([kindCode]);
  return orThrow(kind)?.name ?? null;
}

function invalid({ language }: RequestContext, found: readonly RatingProblem[]): RatingInvalid {
  const message = {
    it: 'La valutazione non si può registrare: vedere i singoli campi.',
    en: 'The rating cannot be kept: see its fields.',
  }[language];
  const problems = found.map(({ path, code }) => ({ path, code, message: ratingProblems[code][language] }));
  return Object.assign(new RatingInvalid(), { code: 'RATING_INVALID', message, problems });
}
