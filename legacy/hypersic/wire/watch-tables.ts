import type { Log } from '../../../core/log.ts';
import { isOfTables } from './read-error.ts';

/** Tracks the statements that do not fit the tables, and logs when one begins or stops failing. */
export interface TableWatch {
  areGood(statement: string): void;
  failed(statement: string, error: unknown): void;
  /** Statements never tried, or failing: a check tries them. */
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
      // Postgres' sentence names a missing column, table or right; a sentence about a value would repeat the
      // value.
      log.error('legacy.tables.broken', {
        statement,
        code,
        ...(code?.startsWith('42') ? { reason: message } : {}),
      });
    },
    isDoubtful: (statement) => failing.has(statement) || !good.has(statement),
  };
}
