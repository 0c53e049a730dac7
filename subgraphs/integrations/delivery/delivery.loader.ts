import type { Page } from '../../../legacy/ports/page.ts';
import { defineLoader } from '../../shared/loader.ts';
import { type DeliveriesKey, type DeliveryJson, readDeliveries } from './delivery.store.ts';
import type { DeliveryRow } from './delivery.type.ts';

/** Pages of the deliveries of endpoints, newest first: one statement for all of them. */
export const deliveryPages = defineLoader<DeliveriesKey, Page<DeliveryRow, string>>(
  async ({ database }, keys) => {
    const pages = await readDeliveries(database, keys);
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

function toRow(row: DeliveryJson): DeliveryRow {
  const moment = (text: string | null) => (text === null ? null : new Date(text));
  return {
    ...row,
    created_at: new Date(row.created_at),
    delivered_at: moment(row.delivered_at),
    next_attempt_at: moment(row.next_attempt_at),
  };
}
