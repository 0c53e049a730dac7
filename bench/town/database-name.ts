/** The database that an address names. Shape: `town_20000`. */
export function databaseName(url: string): string {
  return new URL(url).pathname.slice(1);
}
