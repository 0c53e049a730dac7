import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectFile } from '../../core/project-root.ts';

const text = z.string().min(1);

const example = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  title: text,
  /** The caller: a person of the demo town, `integrator` for a program, or nobody. */
  as: z.enum(['anonymous', 'claudia', 'marco', 'giulia', 'paolo', 'business', 'integrator', 'bad token']),
  /** The scopes of the program's token; all without it. */
  scope: z.string().optional(),
  document: text,
  /** `{{name}}` is a value that an earlier example kept. */
  variables: z.record(z.string(), z.unknown()).optional(),
  /** Values of the answer for later examples, by their path in `data`. */
  keep: z.record(z.string(), text).optional(),
  /** Faults of pagoPA while it is asked, as docs/demo-town.md has them. */
  faults: z.record(z.string(), z.unknown()).optional(),
  /** A fault of the legacy system while it is asked: no answer, or a row that breaks the contract. */
  legacy: z.enum(['down', 'unreadable']).optional(),
  /** Asked again until this place of `data` has this value. */
  until: z.strictObject({ path: text, is: z.unknown() }).optional(),
  /** Steps outside the API afterwards: a file is sent, or a payment is made at Checkout. */
  afterwards: z
    .strictObject({ put: text.optional(), pay: text.optional(), leave: text.optional() })
    .optional(),
});

export type Example = z.output<typeof example> & { readonly area: string };

/** The answer to an example, with values that differ from run to run replaced. */
export interface Outcome {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly body: {
    readonly data?: Readonly<Record<string, unknown>> | null;
    readonly errors?: readonly Readonly<Record<string, unknown>>[];
  };
}

export const examplesFolder = projectFile('docs', 'examples');
export const answersFile = join(examplesFolder, 'answers.json');

/** The examples of `docs/examples/`, in the order in which they run. Errors: the file and the place that are not valid. */
export async function readExamples(): Promise<readonly Example[]> {
  const files = (await readdir(examplesFolder)).filter((name) => name.endsWith('.yaml')).sort();
  const lists = files.map(async (file) => {
    const found = z.array(example).safeParse(parse(await readFile(join(examplesFolder, file), 'utf8')));
    if (!found.success) throw new Error(`docs/examples/${file}: ${z.prettifyError(found.error)}`);
    return found.data.map((one) => ({ ...one, area: file.replace(/^\d-|\.yaml$/g, '') }));
  });
  return (await Promise.all(lists)).flat();
}

/** Their answers, by name. */
export async function readAnswers(): Promise<Readonly<Record<string, Outcome>>> {
  return JSON.parse(await readFile(answersFile, 'utf8'));
}
