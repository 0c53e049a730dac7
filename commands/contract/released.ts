import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface ReleasedSchema {
  /** Shape: `1.4.0`. */
  readonly version: string;
  readonly sdl: string;
}

/** The newest of `schema/released/`; null before the first release. Errors: Error for a name that is no version. */
export async function newestRelease(folder: string): Promise<ReleasedSchema | null> {
  const versions = (await readdir(folder)).map(versionOf).sort(byVersion);
  const newest = versions.at(-1);
  if (newest === undefined) return null;
  return { version: newest, sdl: await readFile(join(folder, `${newest}.graphql`), 'utf8') };
}

/** Keeps today's schema as that of a version. Errors: Error if there is one of this version or a later one. */
export async function release(folder: string, version: string, sdl: string): Promise<void> {
  const newest = await newestRelease(folder);
  versionOf(`${version}.graphql`);
  if (newest !== null && byVersion(newest.version, version) >= 0)
    throw new Error(`Version ${newest.version} is released: raise the version in package.json first.`);
  await writeFile(join(folder, `${version}.graphql`), sdl, { flag: 'wx' });
}

function versionOf(file: string): string {
  const [, version] = /^(\d+\.\d+\.\d+)\.graphql$/.exec(file) ?? [];
  if (version === undefined)
    throw new Error(`${file} is not the name of a released schema: 1.4.0.graphql is.`);
  return version;
}

function byVersion(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
