import type { Choice, Particle, Rule } from '../../demo/contract/xml-rules.ts';
import type { SchemaNode, Xsd } from './xsd.ts';

// Rules of our own and published schemas as lists of facts, so that they can be compared: one line a place.

/** Shape: `receipt/fee 0..1 decimal {"maxInclusive":999999999.99,"pattern":"\\d+\\.\\d{2}"}`. */
export function factsOfRule(name: string, rule: Rule, occurs = '1..1'): readonly string[] {
  if ('base' in rule) {
    const { base, minLength, maxLength, pattern, oneOf, least, most } = rule;
    return [line(name, occurs, base, { minLength, maxLength, pattern, oneOf, least, most })];
  }
  const inside = rule.sequence.flatMap(([part, particle]: readonly [string, Particle | Choice]) =>
    'choice' in particle
      ? Object.entries(particle.choice).flatMap(([one, chosen]) => particleFacts(`${name}/?${one}`, chosen))
      : particleFacts(`${name}/${part}`, particle),
  );
  return [`${name} ${occurs} sequence`, ...inside];
}

const particleFacts = (name: string, { rule, least, most }: Particle) =>
  factsOfRule(name, rule, `${least}..${most}`);

/** The same of an element of a schema file. */
export function factsOfXsd(xsd: Xsd, element: string): readonly string[] {
  return typeFacts(xsd, element, xsd.typeOf(element), '1..1');
}

function typeFacts(xsd: Xsd, name: string, type: string, occurs: string): readonly string[] {
  const particles = xsd.particlesOf(type);
  if (particles === null) {
    const { base, facets } = xsd.textTypeOf(type);
    return [line(name, occurs, base, facets)];
  }
  return [
    `${name} ${occurs} sequence`,
    ...particles.flatMap((particle) =>
      particle.name === 'choice'
        ? particle.children.flatMap((one) => elementFacts(xsd, `${name}/?`, one))
        : elementFacts(xsd, `${name}/`, particle),
    ),
  ];
}

function elementFacts(xsd: Xsd, prefix: string, { attributes }: SchemaNode): readonly string[] {
  const { name = '', type = '', minOccurs = '1', maxOccurs = '1' } = attributes;
  return typeFacts(xsd, prefix + name, type.slice(type.indexOf(':') + 1), `${minOccurs}..${maxOccurs}`);
}

function line(name: string, occurs: string, base: string, facets: Readonly<Record<string, unknown>>): string {
  const set = Object.entries(facets)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `${name} ${occurs} ${base} ${JSON.stringify(Object.fromEntries(set))}`;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Facts of a JSON schema, OpenAPI's or one made of our rules.
 *
 * Shape: `paymentNotices[].amount integer required {"minimum":1}`. Texts, examples and defaults are no facts; neither are
 * the pattern that stands for a format, nor the bounds of what a number can hold.
 */
export function factsOfJsonSchema(
  given: JsonSchema,
  resolve: (ref: string) => JsonSchema = (ref) => {
    throw new Error(`${ref} was not expected.`);
  },
  place = 'body',
  isRequired = true,
): readonly string[] {
  const schema = typeof given.$ref === 'string' ? resolve(given.$ref) : given;
  const required = new Set((schema.required ?? []) as readonly string[]);
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
  const items = schema.items as JsonSchema | undefined;
  return [
    line(place, isRequired ? 'required' : 'optional', String(schema.type), facetsOf(schema)),
    ...properties.flatMap(([name, property]) =>
      factsOfJsonSchema(property, resolve, `${place}.${name}`, required.has(name)),
    ),
    ...(items === undefined ? [] : factsOfJsonSchema(items, resolve, `${place}[]`)),
  ];
}

function facetsOf(schema: JsonSchema): Readonly<Record<string, unknown>> {
  const { minLength, maxLength, minItems, maxItems, minimum, maximum, exclusiveMaximum, format, pattern } =
    schema;
  const isFormat = typeof format === 'string' && !/^(int|float|double)/.test(format);
  const limit = (value: unknown) => (Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER ? undefined : value);
  return {
    minLength: minLength === 0 ? undefined : minLength,
    maxLength,
    minItems: minItems === 0 ? undefined : minItems,
    maxItems,
    minimum: limit(minimum),
    // OpenAPI 3.0 says `exclusiveMaximum: true` beside the maximum.
    maximum: exclusiveMaximum === true ? undefined : limit(maximum),
    exclusiveMaximum: exclusiveMaximum === true ? maximum : exclusiveMaximum,
    format: isFormat ? format : undefined,
    pattern: isFormat || typeof pattern !== 'string' ? undefined : pattern.replace(/^\^(.*)\$$/, '$1'),
    oneOf: schema.enum,
  };
}
