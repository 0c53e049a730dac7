import { spawnSync } from 'node:child_process';
import { it } from '@jest/globals';

/**
 * `it` where a tool of the system is installed; elsewhere the test is skipped, and its name says for want of what.
 *
 * The tools are Debian's: nothing of npm's has them.
 */
export function itWith(tool: string, name: string, test: () => Promise<void> | void): void {
  if (hasTool(tool)) it(name, test);
  else it.skip(`${name} (skipped: ${tool} is not installed)`, test);
}

export function hasTool(tool: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;
}

/** Runs a tool to its end. Shape: `{ code: 0, output: stdout and stderr }`. */
export function runTool(
  tool: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr, error } = spawnSync(tool, args, {
    encoding: 'utf8',
    timeout: 60_000,
    ...options,
  });
  return { code: status, output: `${stdout}${stderr}${error?.message ?? ''}` };
}
