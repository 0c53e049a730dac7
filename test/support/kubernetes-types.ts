import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFile } from '../../core/project-root.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { runTool } from './tool.ts';

// Kubernetes' own API, as the package kubernetes-types generates it from its OpenAPI document: TypeScript finds a
// field that the API has not, at any depth, and a value of another type.

/** Where the package has the kinds of an `apiVersion`. */
const moduleOf: Readonly<Record<string, string>> = {
  v1: 'core/v1',
  'apps/v1': 'apps/v1',
  'batch/v1': 'batch/v1',
  'autoscaling/v2': 'autoscaling/v2',
  'policy/v1': 'policy/v1',
  'networking.k8s.io/v1': 'networking/v1',
};

/**
 * What the types say of each list of manifests; empty for a list without a fault. One run of the compiler for all.
 *
 * Shape: `["good.ts(3,20): error TS2353: Object literal may only specify known properties, …"]`.
 */
export async function faultsByTypes(
  lists: Readonly<Record<string, readonly unknown[]>>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const folder = await temporaryFolder('kubernetes-types');
  mkdirSync(join(folder, 'node_modules'));
  const types = 'kubernetes-types';
  symlinkSync(projectFile('node_modules', types), join(folder, 'node_modules', types));
  const names = Object.keys(lists);
  for (const [name, objects] of Object.entries(lists))
    writeFileSync(join(folder, `${name}.ts`), objects.map(asConstant).join('\n'));
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--types', ''];
  const tsc = projectFile('node_modules', '.bin', 'tsc');
  const { output } = runTool(tsc, [...options, ...names.map((name) => `${name}.ts`)], { cwd: folder });
  const lines = output.split('\n').filter((line) => line !== '');
  const of = (name: string) => lines.filter((line) => line.startsWith(`${name}.ts`));
  const found = Object.fromEntries(names.map((name) => [name, of(name)]));
  const rest = lines.filter(
    (line) => /^\S/.test(line) && !names.some((name) => line.startsWith(`${name}.ts`)),
  );
  if (rest.length > 0) throw new Error(rest.join('\n'));
  return found;
}

function asConstant(object: unknown, index: number): string {
  const { apiVersion = '', kind = '' } = object as { apiVersion?: string; kind?: string };
  const module = moduleOf[apiVersion];
  const type = `import('kubernetes-types/${module ?? `unknown/${apiVersion}`}').${kind}`;
  return `export const of${index}: ${type} = ${JSON.stringify(object)};`;
}
