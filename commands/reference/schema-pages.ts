import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLType,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  type OperationTypeNode,
} from 'graphql';
import { escapeHtml } from '../../core/http/escape-html.ts';
import { anchorOf, type Describer, type Material } from './describe.ts';
import { exampleHtml } from './example-html.ts';
import type { Page } from './layout.ts';

type Field = GraphQLField<unknown, unknown>;

/** A page for each field of Query or Mutation, with the examples that show it. */
export function rootPages(
  kind: `${OperationTypeNode}`,
  material: Material,
  describer: Describer,
): readonly Page[] {
  const root = material.schema.getRootType(kind as OperationTypeNode);
  return Object.values(root?.getFields() ?? {}).map((field) => {
    const file = `${kind}-${field.name}.html`;
    const shown = material.examples.filter(({ name }) => material.homeOf.get(name) === file);
    const sample = material.samples.ofPlace.get(`${root?.name}.${field.name}`);
    const examples =
      shown.length > 0
        ? shown.map((one) => exampleHtml(one, material.outcomes[one.name])).join('\n')
        : sample === undefined
          ? ''
          : `<p>${describer.exampleLink(sample.example)}</p>`;
    return {
      file,
      title: field.name,
      body: `<h1>${field.name}</h1>\n${fieldBody(`${root?.name}.${field.name}`, field, describer, 'h2')}\n<h2>Examples</h2>\n${examples}`,
      entries: [{ name: field.name, kind }, ...argumentEntries(`${root?.name}.${field.name}`, field)],
    };
  });
}

/** A page for each type that is not a root. */
export function typePages(material: Material, describer: Describer): readonly Page[] {
  const { schema } = material;
  const roots = [schema.getQueryType(), schema.getMutationType()];
  return Object.values(schema.getTypeMap())
    .filter(
      (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type) && !roots.includes(type as never),
    )
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((type) => ({
      file: `type-${type.name}.html`,
      title: type.name,
      body: typeBody(type, material, describer),
      entries: [{ name: type.name, kind: kindOf(type) }, ...entriesOf(type)],
    }));
}

function typeBody(type: GraphQLNamedType, material: Material, describer: Describer): string {
  const rules = describer.rules(type.name);
  const examples = [...(material.samples.ofType.get(type.name) ?? [])];
  return [
    `<h1>${type.name}</h1>`,
    `<p>${kindOf(type)}${
      isObjectType(type) || isInterfaceType(type)
        ? type
            .getInterfaces()
            .map((one) => `, a ${describer.typeLink(one)}`)
            .join('')
        : ''
    }</p>`,
    describer.description(type.description),
    rules && `<p>Access: ${rules}</p>`,
    isScalarType(type) && type.name !== 'ID'
      ? `<p><a href="guide-scalars.html#${type.name.toLowerCase()}">More on this scalar</a></p>`
      : '',
    usesOf(type, material, describer),
    examples.length > 0
      ? `<p>In examples: ${examples.slice(0, mostExamples).map(describer.exampleLink).join(', ')}.</p>`
      : '',
    membersOf(type, material, describer),
  ].join('\n');
}

const mostExamples = 8;

function membersOf(type: GraphQLNamedType, { schema }: Material, describer: Describer): string {
  if (isObjectType(type) || isInterfaceType(type))
    return Object.values(type.getFields())
      .map((field) => {
        const place = `${type.name}.${field.name}`;
        return `<section id="${place}"><h2><code>${field.name}</code></h2>\n${fieldBody(place, field, describer, 'h3')}</section>`;
      })
      .join('\n');
  if (isInputObjectType(type))
    return `<h2>Fields</h2><dl>${Object.values(type.getFields())
      .map((field) => describer.argument(`${type.name}.${field.name}`, field))
      .join('')}</dl>`;
  if (isEnumType(type))
    return `<h2>Values</h2><dl>${type
      .getValues()
      .map(
        (one) =>
          `<dt id="${type.name}.${one.name}"><code>${one.name}</code></dt><dd>${describer.description(one.description)}${describer.deprecation(one)}</dd>`,
      )
      .join('')}</dl>`;
  if (isAbstractType(type))
    return `<h2>Members</h2><ul>${schema
      .getPossibleTypes(type)
      .map((one) => `<li>${describer.typeLink(one)}</li>`)
      .join('')}</ul>`;
  return '';
}

/** Type, description, rule, arguments and sample of a field. */
function fieldBody(place: string, field: Field, describer: Describer, heading: 'h2' | 'h3'): string {
  const [rules, sample] = [describer.rules(place), describer.sampleOf(place)];
  const named = getNamedType(field.type);
  const outcomes = isAbstractType(named) && !isInterfaceType(named);
  return [
    `<p>${outcomes ? 'One of the outcomes ' : ''}${describer.typeOf(field.type)}</p>`,
    describer.description(field.description),
    describer.deprecation(field),
    rules && `<p>Access: ${rules}</p>`,
    field.args.length > 0
      ? `<${heading}>Arguments</${heading}><dl>${field.args.map((one) => describer.argument(`${place}(${one.name}:)`, one)).join('')}</dl>`
      : '',
    sample && `<p>Example: ${sample}</p>`,
  ]
    .filter(Boolean)
    .join('\n');
}

/** Where a type is answered or taken. */
function usesOf(type: GraphQLNamedType, { schema }: Material, describer: Describer): string {
  const uses = Object.values(schema.getTypeMap()).flatMap((owner) => {
    if (owner.name.startsWith('__') || !(isObjectType(owner) || isInputObjectType(owner))) return [];
    return Object.values(owner.getFields())
      .filter(
        (field) =>
          getNamedType(field.type as GraphQLType) === type ||
          ('args' in field && field.args.some((one: GraphQLArgument) => getNamedType(one.type) === type)),
      )
      .map(({ name }) => placeLink(schema, `${owner.name}.${name}`));
  });
  const unions = Object.values(schema.getTypeMap()).filter(
    (one) =>
      isAbstractType(one) && !isInterfaceType(one) && isObjectType(type) && schema.isSubType(one, type),
  );
  const all = [...uses, ...unions.map(describer.typeLink)];
  return all.length === 0 ? '' : `<p>Used by ${all.join(', ')}.</p>`;
}

/** A link to a field or a type. */
export function placeLink(schema: Material['schema'], place: string): string {
  const [owner = '', name] = place.split('.');
  if (name === undefined) return `<a href="type-${owner}.html">${owner}</a>`;
  const [query, mutation] = [schema.getQueryType()?.name, schema.getMutationType()?.name];
  if (owner === query) return `<a href="query-${name}.html">${name}</a>`;
  if (owner === mutation) return `<a href="mutation-${name}.html">${name}</a>`;
  return `<a href="type-${owner}.html#${place}">${escapeHtml(place)}</a>`;
}

function kindOf(type: GraphQLNamedType): string {
  if (isObjectType(type)) return 'type';
  if (isInterfaceType(type)) return 'interface';
  if (isInputObjectType(type)) return 'input';
  if (isEnumType(type)) return 'enum';
  return isScalarType(type) ? 'scalar' : 'union of outcomes';
}

function entriesOf(type: GraphQLNamedType): Page['entries'] {
  if (isEnumType(type))
    return type
      .getValues()
      .map(({ name }) => ({ name: `${type.name}.${name}`, kind: 'value', anchor: `${type.name}.${name}` }));
  if (!(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    const place = `${type.name}.${field.name}`;
    return [
      { name: place, kind: 'field', anchor: place },
      ...('args' in field ? argumentEntries(place, field) : []),
    ];
  });
}

function argumentEntries(place: string, field: Field): Page['entries'] {
  return field.args.map(({ name }) => ({
    name: `${place}(${name}:)`,
    kind: 'argument',
    anchor: anchorOf(`${place}(${name}:)`),
  }));
}
