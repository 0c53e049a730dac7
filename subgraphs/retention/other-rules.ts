import { period } from '../../core/retention-config.ts';
import type { RetentionRule } from './retention-rule.ts';
import { areUnrestricted } from './unrestricted.ts';

/** Rows of one table that are over by one condition. */
function simple(
  rule: Omit<RetentionRule, 'due' | 'remove' | 'tables'> & {
    readonly table: string;
    readonly key: string;
    readonly where: string;
    readonly more?: readonly string[];
  },
): RetentionRule {
  const { table, key, where, more = [], ...rest } = rule;
  return {
    ...rest,
    tables: [table, ...more],
    due: `FROM ${table} WHERE ${where}`,
    remove: `WITH due AS (SELECT ${key} FROM ${table} WHERE ${where} LIMIT $2 FOR UPDATE SKIP LOCKED),
      gone AS (DELETE FROM ${table} t USING due WHERE t.${key} = due.${key}) SELECT count(*)::int AS count FROM due`,
  };
}

export const otherRules: readonly RetentionRule[] = [
  simple({
    id: 'shares',
    what: 'shares of a child’s school data that were revoked or ended',
    table: 'school_share',
    more: ['school_share_key'],
    key: 'id',
    where: `coalesce(revoked_at, (ends_on + 1)::timestamp AT TIME ZONE 'Europe/Rome') < $1
      AND ${areUnrestricted('giver', 'recipient', 'child_code')}`,
    since: `coalesce(revoked_at, (ends_on + 1)::timestamp AT TIME ZONE 'Europe/Rome')`,
    ...period('RETENTION_SHARES_DAYS'),
    ground: 'GDPR art. 5(1)(e): the audit trail has what was seen',
  }),
  simple({
    id: 'blocks',
    what: 'blocks that protected a child and were lifted or ended',
    table: 'protection_block',
    key: 'id',
    where: `coalesce(lifted_at, (until + 1)::timestamp AT TIME ZONE 'Europe/Rome') < $1 AND ${areUnrestricted('child', 'person')}`,
    since: `coalesce(lifted_at, (until + 1)::timestamp AT TIME ZONE 'Europe/Rome')`,
    ...period('RETENTION_BLOCKS_DAYS'),
    ground: 'proof that an act of a court was followed',
  }),
  simple({
    id: 'restrictions',
    what: 'restrictions of processing that were lifted',
    table: 'subject_restriction',
    key: 'id',
    where: 'lifted_at < $1',
    since: 'lifted_at',
    variable: null,
    days: 365,
    leastDays: 365,
    ground: 'proof that the request was followed (GDPR art. 5(2) and 18)',
  }),
  simple({
    id: 'ratings',
    what: 'ratings of services and their comments, which hold no identity',
    table: 'service_rating',
    key: 'key_sha256',
    where: 'rated_on < ($1::timestamptz)::date',
    since: 'rated_on::timestamptz',
    ...period('RETENTION_RATINGS_DAYS'),
    ground: 'statistics of two years',
  }),
  simple({
    id: 'webhook-events',
    what: 'events for integrators and their deliveries, which hold ids only',
    table: 'webhook_event',
    more: ['webhook_delivery'],
    key: 'id',
    where: 'occurred_at < $1',
    since: 'occurred_at',
    variable: null,
    days: 31,
    leastDays: 31,
    ground: 'technical: a replay reaches back 30 days',
  }),
  simple({
    id: 'webhook-secrets',
    what: 'secrets of webhooks that sign no more',
    table: 'webhook_secret',
    key: 'id',
    where: 'expires_at < $1',
    since: 'expires_at',
    variable: null,
    days: 1,
    leastDays: 1,
    ground: 'technical',
  }),
  simple({
    id: 'rates',
    what: 'counts of requests, by the caller’s id or address',
    table: 'rate_limit',
    key: 'key',
    where: 'expire < extract(epoch FROM $1::timestamptz) * 1000',
    since: 'to_timestamp(expire / 1000.0)',
    variable: null,
    days: 1,
    leastDays: 1,
    ground: 'technical',
  }),
  {
    id: 'audit',
    what: 'the audit trail: its chains are closed with a signed end, and their old part is removed',
    tables: ['audit_event', 'audit_child', 'audit_child_entry', 'audit_person'],
    ...period('RETENTION_AUDIT_DAYS'),
    ground: 'accountability (GDPR art. 5(2) and 30) and the terms in which a citizen may ask who looked',
    due: 'FROM audit_event WHERE at < $1',
    since: 'at',
    remove: null,
  },
];
