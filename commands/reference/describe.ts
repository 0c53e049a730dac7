import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isSpecifiedScalarType,
} from 'graphql';
import { escapeHtml } from '../../core/http/escape-html.ts';
import { type AccessRuleName, accessRules } from '../../subgraphs/shared/access/rules.ts';
import type { AccessByPlace } from './access-of.ts';
import type { Code } from './codes.ts';
import { createMarkdown } from './markdown.ts';
import type { Example, Outcome } from './read-examples.ts';
import type { Sample, Samples } from './samples.ts';

/** Everything that pages are made of. */
export interface Material {
  readonly schema: GraphQLSchema;
  readonly access: AccessByPlace;
  readonly samples: Samples;
  readonly codes: readonly Code[];
  readonly examples: readonly Example[];
  readonly outcomes: Readonly<Record<string, Outcome>>;
  /** The page on which an example is shown. */
  readonly homeOf: ReadonlyMap<string, string>;
}

/** Parts of pages: descriptions, types, rules, samples. */
export function createDescriber({ access, samples, codes, examples, homeOf }: Material) {
  const markdown = createMarkdown(() => null);
  const known = new Map(codes.map((one) => [one.code, one]));
  const titles = new Map(examples.map(({ name, title }) => [name, title]));

  /** A description, in which codes are links. */
  const description = (text: string | null | undefined): string =>
    markdown
      .block(text ?? '')
      .replace(/\b[A-Z][A-Z_]{3,}\b/g, (word) =>
        known.has(word) ? `<a href="codes.html#${word}">${word}</a>` : word,
      );

  const typeLink = (type: GraphQLNamedType): string =>
    isSpecifiedScalarType(type) ? type.name : `<a href="type-${type.name}.html">${type.name}</a>`;

  /** A type with its brackets and marks. */
  const typeOf = (type: GraphQLField<unknown, unknown>['type'] | GraphQLArgument['type']): string => {
    const named = getNamedType(type);
    return `<code>${String(type).replace(named.name, typeLink(named))}</code>`;
  };

  const exampleLink = (name: string): string =>
    `<a href="${homeOf.get(name)}#example-${name}">${escapeHtml(titles.get(name) ?? name)}</a>`;

  const rules = (place: string): string =>
    [...(access.get(place) ?? [])]
      .map(
        (rule: AccessRuleName) =>
          `<a href="guide-access.html#${rule.toLowerCase()}">${rule}</a>: ${escapeHtml(accessRules[rule].sentence)}`,
      )
      .join('<br>');

  const sampleOf = (place: string): string => {
    const sample = samples.ofPlace.get(place);
    return sample === undefined
      ? ''
      : `<code>${escapeHtml(brief(sample))}</code> in ${exampleLink(sample.example)}`;
  };

  const deprecation = ({ deprecationReason }: { readonly deprecationReason?: string | null | undefined }) =>
    deprecationReason ? `<p><strong>Deprecated.</strong> ${escapeHtml(deprecationReason)}</p>` : '';

  const argument = (place: string, one: GraphQLArgument | GraphQLInputField): string => {
    const usual = one.defaultValue === undefined ? '' : ` = ${escapeHtml(JSON.stringify(one.defaultValue))}`;
    const sample = sampleOf(place);
    return `<dt id="${anchorOf(place)}"><code>${one.name}</code>: ${typeOf(one.type)}${usual}</dt><dd>${description(one.description)}${deprecation(one)}${sample && `<p>Example: ${sample}</p>`}</dd>`;
  };

  return {
    description,
    inline: markdown.inline,
    typeLink,
    typeOf,
    exampleLink,
    rules,
    sampleOf,
    deprecation,
    argument,
  };
}

export type Describer = ReturnType<typeof createDescriber>;

/** Shape: `Child.invoices(first:)` as `Child.invoices.first`. */
export function anchorOf(place: string): string {
  return place.replace(/[(:)]+/g, '.').replace(/\.$/, '');
}

const longestSample = 120;

/** A sample in one line; objects are left to the example itself. */
function brief({ value }: Sample): string {
  const text =
    JSON.stringify(value, (key, one) =>
      key !== '' && typeof one === 'object' && one !== null && !Array.isArray(one) ? '{…}' : one,
    ) ?? '';
  const shown =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? '{…}'
      : text.replaceAll('"{…}"', '{…}');
  return shown.length > longestSample ? `${shown.slice(0, longestSample)}…` : shown;
}
