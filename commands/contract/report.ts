import type { ClientOperation, SchemaChange, SchemaComparison } from './compare-schemas.ts';

/** A report for people: failures, possible harm, additions. */
export function describeComparison(comparison: SchemaComparison, version: string): string {
  const { breaking, removals, dangerous, safe } = comparison;
  const lines = [
    ...section('Breaking: not before twelve months of @deprecated, with its date in the reason', breaking),
    ...section('Removed after notice', removals),
    ...section('Dangerous: only for clients that do not expect unknown values', dangerous),
    ...section('Compatible', safe),
  ];
  if (lines.length === 0) return `The schema is that of ${version}.`;
  return [`Since ${version}:`, ...lines].join('\n');
}

/** Lines for the CHANGELOG's part on the API. */
export function changelogOf({ breaking, removals, dangerous, safe }: SchemaComparison): string {
  const lines = [...breaking, ...removals, ...dangerous, ...safe.filter(isWorthTelling)];
  return lines.map(({ message }) => `* ${message.replaceAll("'", '`')}.`).join('\n');
}

/** Descriptions change without a consequence for anybody. */
function isWorthTelling({ message }: SchemaChange): boolean {
  return !/\bdescription\b/i.test(message);
}

function section(title: string, changes: readonly SchemaChange[]): string[] {
  if (changes.length === 0) return [];
  return [
    '',
    `${title}:`,
    ...changes.flatMap(({ message, breaks }) => [`  - ${message}`, ...broken(breaks)]),
  ];
}

function broken(operations: readonly ClientOperation[]): string[] {
  return operations.map(
    ({ client, name }) =>
      `      breaks ${name ?? 'an operation without a name'} of ${client || 'this project'}`,
  );
}
