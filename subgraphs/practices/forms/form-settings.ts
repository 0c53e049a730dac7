import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { isCalendarDate, isSchoolYear } from '../../../core/values/index.ts';
import { canonicalMediaType } from '../records/media-types.ts';
import { prefillSources } from '../records/template.entity.ts';

// Settings that the workbook of a form cannot contain. Texts may hold {year}, {nextYear} and {schoolYear}, so that
// one file serves every year.

const text = z.string().trim().min(1).max(300);
const code = z.string().trim().min(1).max(64);
const date = z.string().refine(isCalendarDate, 'a date YYYY-MM-DD');
const ruleKinds = ['IBAN', 'CODICE_FISCALE', 'EMAIL', 'PHONE', 'POSTAL_CODE', 'YEAR'] as const;

const field = z.strictObject({
  maxLength: z.int().min(1).max(4_000).optional(),
  rule: z.enum(ruleKinds).optional(),
  oneOf: z.array(text).min(1).max(200).optional(),
  prefill: z.enum(prefillSources).optional(),
  editable: z.boolean().default(false),
});

const choice = z.strictObject({
  label: text,
  codes: z.array(code).min(2),
  atLeast: z.int().min(0),
  atMost: z.int().min(1),
});

const attachment = z.strictObject({
  code: z.string().regex(/^\w{1,60}$/, 'letters, digits and _'),
  label: text,
  mediaTypes: z.array(z.string().transform(toMediaType)).min(1),
  maxMegabytes: z.number().positive().max(50),
  required: z.boolean().default(false),
});

function toMediaType(text: string, context: z.RefinementCtx): string {
  const type = canonicalMediaType(text);
  if (type === null)
    context.addIssue({ code: 'custom', message: 'PDF or a picture: application/pdf, image/jpeg, …' });
  return type ?? text;
}

const settings = z.strictObject({
  /** Id of the template. Permanent: a later import with the same id is the next revision. */
  id: z.string().regex(/^[\w.-]{1,100}$/, 'letters, digits, _, - and .'),
  procedure: code,
  title: text,
  schoolYear: z
    .string()
    .refine(isSchoolYear, 'a school year such as 2026/2027, here or as --school-year')
    .nullable()
    .default(null),
  opensOn: date.nullable().default(null),
  closesOn: date.nullable().default(null),
  /** From registration to the outcome, as the procedure's sheet states it. Unit: days. */
  decidedWithinDays: z.int().min(1).max(1_000).nullable().default(null),
  concernsChild: z.boolean(),
  /** Whether an accepted application prevents another one for the same child. */
  oncePerChild: z.boolean().default(false),
  audiences: z
    .array(z.enum(['CITIZENS', 'BUSINESSES']))
    .min(1)
    .default(['CITIZENS']),
  contact: z
    .strictObject({
      name: text,
      phone: text.nullable().default(null),
      email: z.email().nullable().default(null),
    })
    .nullable()
    .default(null),
  attachments: z.array(attachment).max(20).default([]),
  choices: z.array(choice).default([]),
  fields: z.record(code, field).default({}),
});
export type FormSettings = z.infer<typeof settings>;

export interface SettingsProblem {
  /** Shape: `fields.IBAN.rule`; '' for the whole file. */
  readonly path: string;
  readonly expected: string;
}

/**
 * Reads the YAML file beside a workbook; `schoolYear` replaces the file's own.
 *
 * Reports all problems at once.
 */
export function readFormSettings(
  source: string,
  schoolYear: string | null,
): { readonly settings: FormSettings | null; readonly problems: readonly SettingsProblem[] } {
  const raw = parsed(source);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { settings: null, problems: [{ path: '', expected: 'a YAML file of names and values' }] };
  const own = 'schoolYear' in raw && typeof raw.schoolYear === 'string' ? raw.schoolYear : '';
  const year = schoolYear ?? (isSchoolYear(own) ? own : null);
  const filled = fillYear(schoolYear === null ? raw : { ...raw, schoolYear }, year);
  const result = settings.safeParse(filled);
  if (!result.success)
    return {
      settings: null,
      problems: result.error.issues.map(({ path, message }) => ({ path: path.join('.'), expected: message })),
    };
  const { opensOn, closesOn } = result.data;
  if (opensOn !== null && closesOn !== null && closesOn < opensOn)
    return { settings: null, problems: [{ path: 'closesOn', expected: 'a day not before opensOn' }] };
  return { settings: result.data, problems: [] };
}

function parsed(source: string): unknown {
  try {
    // Dates stay text, and aliases are off: they can make a small file a large one.
    return parseYaml(source, { schema: 'core', maxAliasCount: 0 });
  } catch {
    return null;
  }
}

function fillYear(value: unknown, schoolYear: string | null): unknown {
  if (Array.isArray(value)) return value.map((one) => fillYear(one, schoolYear));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillYear(one, schoolYear)]));
  if (typeof value !== 'string' || schoolYear === null) return value;
  const [year = '', nextYear = ''] = schoolYear.split('/');
  return value
    .replaceAll('{year}', year)
    .replaceAll('{nextYear}', nextYear)
    .replaceAll('{schoolYear}', schoolYear);
}
