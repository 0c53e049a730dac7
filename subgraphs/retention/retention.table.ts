import { otherRules } from './other-rules.ts';
import { paymentRules } from './payment-rules.ts';
import { practiceRules } from './practice-rules.ts';

import type { RetentionRule } from './retention-rule.ts';

/** The one table of periods. Grounds are proposals: the town confirms them. */
export const retentionRules: readonly RetentionRule[] = [...practiceRules, ...paymentRules, ...otherRules];

/** Kept for as long as they are in use; nothing of them is removed by time. */
export const keptInUse: Readonly<Record<string, string>> = {
  practice_template: 'forms of the town, no personal data',
  practice_form: 'forms of the town, no personal data',
  trusted_document: 'operations of integrators, no personal data; `operations:remove` removes them',
  webhook_endpoint: 'addresses of integrators, no personal data; their owners delete them',
  audit_pending: 'events of some seconds, until they are linked',
  audit_closing: 'signed ends of the removed parts of the audit trail, no personal data',
  migrations: 'names of migrations',
};
