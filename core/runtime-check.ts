import { readFileSync } from 'node:fs';
import { projectFile } from './project-root.ts';

// Every program imports this before anything else: other modules fail in obscure ways on an old Node, some at import
// and some only when the first invoice is asked for. So this is the one module that acts when it is imported.

/** Null when the version is recent enough; otherwise a sentence for the operator. Shape: `20.20.2`, `>=22.18`. */
export function runtimeProblem(version: string, required: string): string | null {
  const [major = 0, minor = 0] = numbersOf(version);
  const [leastMajor = 0, leastMinor = 0] = numbersOf(required);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return null;
  return (
    `Node ${leastMajor}.${leastMinor} or later is needed, and this is Node ${version}. ` +
    'Start with npm, whose scripts use the Node that npm ci installs, or install a later one.'
  );
}

const numbersOf = (text: string) => (text.match(/\d+/g) ?? []).map(Number);

const { engines } = JSON.parse(readFileSync(projectFile('package.json'), 'utf8')) as {
  engines: { node: string };
};
const problem = runtimeProblem(process.versions.node, engines.node);
if (problem !== null) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
