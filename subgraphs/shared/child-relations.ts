import type { ChildRelation } from '../../core/audit.ts';
import { defineOnce } from './loader.ts';

/** What the caller is to each child, by its id, as far as the request has come to know it. For the audit trail. */
export const childRelations = defineOnce(() => new Map<string, ChildRelation>());
