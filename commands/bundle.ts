import '../core/runtime-check.ts';
import { glob, rename, rm } from 'node:fs/promises';
import { type OutputChunk, rolldown } from 'rolldown';
import { projectFile } from '../core/project-root.ts';

// `npm run bundle`, after `npm run build`: puts the programs of `dist/` and their packages into fewer files, in place.
// A program then starts in less than two thirds of the time. What only development needs is left out.

const onlyInDevelopment = new Set(['bundle', 'docs', 'schema', 'schema-diff']);
/** They look for files beside their own, or are not JavaScript. */
const apart =
  /^(?:@graphql-hive\/router-query-planner|@graphql-yoga\/.+|bwip-js|fontkit|pdfkit|tinypool)(?:\/|$)/;

const dist = projectFile('dist');
const bundled = projectFile('dist.bundled');
const input: Record<string, string> = { 'core/pdf/pdf-thread': `${dist}/core/pdf/pdf-thread.js` };
for await (const file of glob('*.js', { cwd: `${dist}/commands` })) {
  const name = file.slice(0, -'.js'.length);
  if (!onlyInDevelopment.has(name)) input[`commands/${name}`] = `${dist}/commands/${file}`;
}
const bundle = await rolldown({
  input,
  platform: 'node',
  external: (id) => apart.test(id),
  onLog(level, log, print) {
    // TypeORM names the drivers of all databases.
    if (log.code !== 'UNRESOLVED_IMPORT') print(level, log);
  },
});
const { output } = await bundle.write({
  dir: bundled,
  format: 'esm',
  // Tables, migrations and GraphQL types are named after their classes.
  keepNames: true,
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
});
await bundle.close();
await rm(dist, { recursive: true });
await rename(bundled, dist);
const bytes = output.reduce((sum, one) => sum + ((one as OutputChunk).code?.length ?? 0), 0);
console.log(`dist: ${output.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
