import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

// Lets a process of its own run the project's TypeScript as tests do: `node --import …/typescript-hooks.mjs file.ts`.

const options = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2024',
  },
  module: { type: 'es6' },
};
const cache = fileURLToPath(new URL('../../node_modules/.cache/school-typescript', import.meta.url));
mkdirSync(cache, { recursive: true });

registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const source = readFileSync(fileURLToPath(url), 'utf8');
    return { format: 'module', source: compiled(source), shortCircuit: true };
  },
});

function compiled(source) {
  const path = join(cache, createHash('sha256').update(JSON.stringify(options)).update(source).digest('hex'));
  if (existsSync(path)) return readFileSync(path, 'utf8');
  const { code } = transformSync(source, options);
  // Several processes may write it at once: each moves a whole file into its place.
  writeFileSync(`${path}.${process.pid}`, code);
  renameSync(`${path}.${process.pid}`, path);
  return code;
}
