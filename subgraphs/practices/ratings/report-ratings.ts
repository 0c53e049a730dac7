import type { DataSource } from 'typeorm';
import type { CalendarDate } from '../../../core/values/index.ts';
import { aspectNames, type RatedAspect } from './rated-aspect.type.ts';
import type { RatingEntity } from './rating.entity.ts';

export type Rating = Pick<RatingEntity, 'service' | 'title' | 'stars' | 'aspects' | 'comment' | 'ratedOn'>;

/** The ratings from one day to another, both included, oldest first; null for no limit. */
export function ratingsBetween(
  database: DataSource,
  from: CalendarDate | null,
  to: CalendarDate | null,
): Promise<readonly Rating[]> {
  return database.query(
    `SELECT service, title, stars, aspects, comment, rated_on::text AS "ratedOn" FROM service_rating
     WHERE ($1::date IS NULL OR rated_on >= $1) AND ($2::date IS NULL OR rated_on <= $2)
     ORDER BY rated_on, key_sha256`,
    [from, to],
  );
}

/**
 * A report in Italian for the office: for each service the number of ratings, the stars, the reasons and the
 * comments.
 */
export function describeRatings(ratings: readonly Rating[]): string {
  if (ratings.length === 0) return 'Nessuna valutazione.';
  const services = Map.groupBy(ratings, ({ service }) => service);
  return [...services.values()]
    .toSorted((a, b) => b.length - a.length || (titleOf(a) < titleOf(b) ? -1 : 1))
    .map((ofOne) => describeService(ofOne).join('\n'))
    .join('\n\n');
}

function describeService(ratings: readonly Rating[]): readonly string[] {
  const sum = ratings.reduce((total, { stars }) => total + stars, 0);
  const average = (sum / ratings.length).toLocaleString('it', { maximumFractionDigits: 1 });
  const count = ratings.length === 1 ? '1 valutazione' : `${ratings.length} valutazioni`;
  const stars = [5, 4, 3, 2, 1].map(
    (wanted) =>
      `${wanted} ${wanted === 1 ? 'stella' : 'stelle'}: ${ratings.filter((one) => one.stars === wanted).length}`,
  );
  const aspects = Object.entries(aspectNames).flatMap(([aspect, name]) => {
    const times = ratings.filter((one) => one.aspects.includes(aspect as RatedAspect)).length;
    return times === 0 ? [] : [`  ${times} × ${name}`];
  });
  const comments = ratings.flatMap(({ ratedOn, stars: given, comment }) =>
    comment === null ? [] : [`  ${ratedOn}, ${given}/5: ${comment}`],
  );
  return [
    `${titleOf(ratings)}: ${count}, media ${average}`,
    `  ${stars.join(', ')}`,
    ...aspects,
    ...comments,
  ];
}

/** The service's latest name. */
function titleOf(ratings: readonly Rating[]): string {
  return ratings.at(-1)?.title ?? '';
}
