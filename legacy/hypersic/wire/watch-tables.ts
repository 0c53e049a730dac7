import type { Log } from '../../../core/log.ts';
import { isOfTables } from './read-error.ts';

/** Remembers which statements the tables do not fit, and logs when one begins or ceases to fail. */
export interface TableWatch {
  areGood(statement: string): void;
  failed(statement: string, error: unknown): void;
  /** Never tried, or failing: a check tries it. */
  isDoubtful(statement: string): boolean;
}

export function watchTables(log: Log): TableWatch {
  const good = new Set<string>();
  const failing = new Set<string>();
  return {
    areGood(statement) {
      if (failing.size > 0 && failing.delete(statement)) log.info('legacy.tables.good', { statement });
      good.add(statement);
    },
    failed(statement, error) {
      if (!isOfTables(error) || failing.has(statement)) return;
      failing.add(statement);
      const { code, message } = error;
      // A missing column, table or right is named by Postgres' sentence; one about a value would repeat the value.
      log.error('legacy.tables.broken', {
        statement,
        code,
        ...(code?.startsWith('42') ? { reason: message } : {}),
      });
    },
    isDoubtful: (statement) => failing.has(statement) || !good.has(statement),
  };
}
