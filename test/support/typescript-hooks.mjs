import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Lets a process of its own run the project's TypeScript as tests do: `node --import …/typescript-hooks.mjs file.ts`.

const options = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2024',
  },
  module: { type: 'es6' },
  sourceMaps: true,
};
const cache = fileURLToPath(new URL('../../node_modules/.cache/school-typescript', import.meta.url));
mkdirSync(cache, { recursive: true });

const typescript = /\.ts(?:\?\d+)?$/;
const tests = new URL('../', import.meta.url).href;
const globals = new URL('jest/globals.mjs', import.meta.url).href;

// Where runtime.cjs finds the maps from what runs to what was written, by the address of a source.
const sourceMaps = new Map();
globalThis.typescriptSourceMaps = sourceMaps;

registerHooks({
  resolve(specifier, context, next) {
    const testFile = globalThis.testFile;
    if (specifier === '@jest/globals')
      return { url: `${globals}?${testFile}`, format: 'module', shortCircuit: true };
    const found = next(specifier, context);
    // The modules under test/ are evaluated for each test file: they keep towns, and register hooks.
    const reloaded = globalThis.reloadedFolder ?? tests;
    return testFile !== undefined && found.url.startsWith(reloaded) && found.url.endsWith('.ts')
      ? { ...found, url: `${found.url}?${testFile}` }
      : found;
  },
  load(url, context, next) {
    if (!typescript.test(url)) return next(url, context);
    return { format: 'module', source: compiled(url), shortCircuit: true };
  },
});

function compiled(url) {
  const path = fileURLToPath(url);
  const source = readFileSync(path, 'utf8');
  const name = createHash('sha256').update(JSON.stringify(options)).update(path).update(source).digest('hex');
  const file = join(cache, name);
  sourceMaps.set(url, `${file}.map`);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  // Loaded where something is to be compiled: it takes a tenth of a second of each process.
  const { transformSync } = createRequire(import.meta.url)('@swc/core');
  const { code, map } = transformSync(source, { ...options, filename: path, sourceFileName: path });
  put(`${file}.map`, map);
  put(file, code);
  return code;
}

// Several processes may write it at once: each moves a whole file into its place.
function put(file, text) {
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}
