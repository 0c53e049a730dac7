import type { Page, PageRequest } from '../../../legacy/ports/page.ts';
import { defineLoader } from '../../shared/loader.ts';
import type { DeliveryRow } from './delivery.type.ts';

interface DeliveriesKey extends PageRequest<string> {
  /** UUID of an endpoint that the caller may see. */
  readonly endpointId: string;
}

/** Pages of the deliveries of endpoints, newest first: one statement for all of them. */
export const deliveryPages = defineLoader<DeliveriesKey, Page<DeliveryRow, string>>(
  async ({ database }, keys) => {
    const pages = await database.query<{ total: number; rows: DeliveryJson[] }[]>(
      `SELECT (SELECT count(*)::int FROM webhook_delivery WHERE endpoint_id = asked.id) AS total,
         coalesce((SELECT jsonb_agg(page) FROM (
           SELECT d.id::text, d.event_id, e.type, d.created_at, d.attempts, d.delivered_at, d.last_status, d.next_attempt_at
           FROM webhook_delivery d JOIN webhook_event e ON e.id = d.event_id
           WHERE d.endpoint_id = asked.id AND (asked.after IS NULL OR d.id < asked.after)
           ORDER BY d.id DESC LIMIT asked.size + 1) AS page), '[]') AS rows
       FROM unnest($1::uuid[], $2::int[], $3::bigint[]) WITH ORDINALITY AS asked (id, size, after, position)
       ORDER BY asked.position`,
      [
        keys.map(({ endpointId }) => endpointId),
        keys.map(({ first }) => first),
        keys.map(({ after }) => after),
      ],
    );
    return keys.map(({ first, after }, position) => {
      const { total = 0, rows = [] } = pages[position] ?? {};
      return {
        rows: rows.slice(0, first).map(toRow),
        totalCount: total,
        hasNextPage: rows.length > first,
        hasPreviousPage: after !== null,
      };
    });
  },
  ({ endpointId, first, after }) => `${endpointId} ${first} ${after}`,
);

/** Moments are texts in JSON. */
type DeliveryJson = Omit<DeliveryRow, 'created_at' | 'delivered_at' | 'next_attempt_at'> &
  Readonly<Record<'created_at', string>> &
  Readonly<Record<'delivered_at' | 'next_attempt_at', string | null>>;

function toRow(row: DeliveryJson): DeliveryRow {
  const moment = (text: string | null) => (text === null ? null : new Date(text));
  return {
    ...row,
    created_at: new Date(row.created_at),
    delivered_at: moment(row.delivered_at),
    next_attempt_at: moment(row.next_attempt_at),
  };
}
