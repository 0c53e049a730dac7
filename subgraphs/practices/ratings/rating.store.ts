import type { DataSource } from 'typeorm';
import type { CalendarDate } from '../../../core/values/index.ts';
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
