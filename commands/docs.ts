import '../core/runtime-check.ts';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { projectFile } from '../core/project-root.ts';
import { writeReference } from './reference/build-reference.ts';

// `npm run docs` writes the reference to dist/docs, or to the folder of `--to`.

const { values } = parseArgs({ options: { to: { type: 'string' } } });
const folder = values.to === undefined ? projectFile('dist', 'docs') : resolve(values.to);
console.log(`${await writeReference(folder)} files in ${folder}`);
