import type { ChildRelation } from '../../core/audit.ts';
import { defineOnce } from './loader.ts';

/** The caller's relation to each child, by its id, as far as the request has read it. For the audit trail. */
export const childRelations = defineOnce(() => new Map<string, ChildRelation>());
