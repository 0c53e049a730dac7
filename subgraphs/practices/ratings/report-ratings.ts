import { aspectNames, type RatedAspect } from './rated-aspect.type.ts';
import type { Rating } from './rating.store.ts';

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
