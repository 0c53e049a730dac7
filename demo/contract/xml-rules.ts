import type { XmlElement } from '../../core/xml/read-xml.ts';
import { withoutBlanks } from '../../core/xml/without-blanks.ts';

// Rules of XML messages as data, so that a test can compare them with a published schema. Source: XML Schema 1.0
// part 2 for lexical forms; lengths are counted in characters instead of UTF-16 units.

export type Base = 'string' | 'decimal' | 'int' | 'boolean' | 'date' | 'dateTime' | 'base64Binary';

export interface TextRule {
  readonly base: Base;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Matches the whole text. */
  readonly pattern?: string;
  readonly oneOf?: readonly string[];
  readonly least?: number;
  readonly most?: number;
}

/** One element of a sequence, in its place. */
export interface Particle {
  readonly rule: Rule;
  readonly least: number;
  readonly most: number;
}

/** Elements in their order; a name with `|` is a choice of one of them, whose rules are in `rules`. */
export interface SequenceRule {
  readonly sequence: readonly (readonly [name: string, particle: Particle | Choice])[];
}

export interface Choice {
  readonly choice: Readonly<Record<string, Particle>>;
}

export type Rule = TextRule | SequenceRule;

export const once = (rule: Rule): Particle => ({ rule, least: 1, most: 1 });
export const optional = (rule: Rule): Particle => ({ rule, least: 0, most: 1 });
export const upTo = (most: number, rule: Rule): Particle => ({ rule, least: 1, most });
export const text = (minLength: number, maxLength: number): TextRule => ({
  base: 'string',
  minLength,
  maxLength,
});
export const words = (...oneOf: readonly string[]): TextRule => ({ base: 'string', oneOf });
export const sequence = (parts: Readonly<Record<string, Particle | Choice>>): SequenceRule => ({
  sequence: Object.entries(parts),
});

/** Violations of a rule by an element, by place; empty if there are none. */
export function problemsOf(element: XmlElement, rule: Rule, place = element.name): readonly string[] {
  return 'base' in rule ? problemsOfText(element, rule, place) : problemsOfSequence(element, rule, place);
}

function problemsOfSequence(element: XmlElement, rule: SequenceRule, place: string): readonly string[] {
  const left = [...element.children];
  const problems: string[] = [];
  const take = (name: string, particle: Particle): void => {
    let count = 0;
    while (count < particle.most && left[0]?.name === name) {
      const child = left.shift() as XmlElement;
      if (child.namespace !== '') problems.push(`${place}/${name} has a namespace`);
      problems.push(...problemsOf(child, particle.rule, `${place}/${name}`));
      count += 1;
    }
    if (count < particle.least) problems.push(`${place}/${name} is missing at its place`);
  };
  for (const [name, part] of rule.sequence) {
    if (!('choice' in part)) {
      take(name, part);
      continue;
    }
    const chosen = Object.entries(part.choice).find(([one]) => one === left[0]?.name);
    if (chosen === undefined)
      problems.push(`${place}: one of ${Object.keys(part.choice).join(', ')} was expected`);
    else take(...chosen);
  }
  problems.push(...left.map(({ name }) => `${place}/${name} is not expected there`));
  if (element.text.trim() !== '') problems.push(`${place} has text between its elements`);
  return problems;
}

const lexical: Readonly<Record<Base, RegExp>> = {
  string: /^[\s\S]*$/,
  decimal: /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/,
  int: /^[+-]?\d{1,10}$/,
  boolean: /^(?:true|false|1|0)$/,
  date: /^-?\d{4,}-\d{2}-\d{2}(?:Z|[+-]\d{2}:\d{2})?$/,
  dateTime: /^-?\d{4,}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/,
  base64Binary: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
};

function problemsOfText(element: XmlElement, rule: TextRule, place: string): readonly string[] {
  const { base, minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, oneOf, least, most } = rule;
  const value = lexicalValueOf(element.text, base);
  const length = [...value].length;
  const isReal = base !== 'date' && base !== 'dateTime' ? true : isDay(value.slice(0, 10));
  const checks: readonly (readonly [boolean, string])[] = [
    [element.children.length === 0, 'has elements'],
    [lexical[base].test(value) && isReal, `is no ${base}`],
    [length >= minLength && length <= maxLength, `has ${minLength} to ${maxLength} characters`],
    [pattern === undefined || new RegExp(`^(?:${pattern})$`, 'u').test(value), `is not like ${pattern}`],
    [
      oneOf === undefined || oneOf.includes(base === 'int' ? String(Number(value)) : value),
      `is none of ${oneOf?.join(', ')}`,
    ],
    [least === undefined || Number(value) >= least, `is less than ${least}`],
    [most === undefined || Number(value) <= most, `is more than ${most}`],
  ];
  return checks.filter(([holds]) => !holds).map(([, what]) => `${place} ${what}`);
}

/** Blanks around values other than strings are ignored, and those inside base64 too. */
function lexicalValueOf(value: string, base: Base): string {
  if (base === 'string') return value;
  return base === 'base64Binary' ? value.replace(/[ \t\r\n]+/g, '') : withoutBlanks(value);
}

function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
