import { projectFile } from '../../core/project-root.ts';

/** Node's arguments for a process that runs the sources as tests do: there need not be a build. */
export const typescript: readonly string[] = [
  '--no-warnings',
  '--import',
  projectFile('test', 'support', 'typescript-hooks.mjs'),
];
