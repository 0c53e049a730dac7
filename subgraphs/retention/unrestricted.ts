const restricted = 'ARRAY(SELECT person FROM subject_restriction WHERE lifted_at IS NULL)';

/** SQL: whether none of these columns is the code of a person whose data is restricted. The list of them is read once a statement. */
export function areUnrestricted(...columns: readonly string[]): string {
  return columns.map((column) => `coalesce(${column} <> ALL (${restricted}), true)`).join(' AND ');
}
