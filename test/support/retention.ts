import { usualRetention } from '../../core/retention-config.ts';
import { createAuditKeys } from '../../subgraphs/shared/audit/audit-keys.ts';

export const testRetention = { config: usualRetention, auditKeys: createAuditKeys(['a'.repeat(32)]) };
