import { readFileSync } from 'node:fs';
import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { XmlElement } from '../../core/xml/read-xml.ts';

// As much of XML Schema as paForNode.xsd uses: sequences, choices, extensions, and restrictions of simple types.

export interface SchemaNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: SchemaNode[];
}

export interface Xsd {
  /** What is wrong with an element, by place; empty when it is as the schema has it. */
  problemsOf(element: XmlElement): readonly string[];
  /** The type of a global element. */
  typeOf(element: string): string;
  /** What a type's sequence has; null for a type of texts. */
  particlesOf(type: string): readonly SchemaNode[] | null;
  /** What a type of texts allows, under the names that our own rules have. */
  textTypeOf(type: string): { readonly base: string; readonly facets: Readonly<Record<string, unknown>> };
}

/** Types of both files by name, without prefixes: no name is in both. */
export function readXsd(...paths: readonly string[]): Xsd {
  const roots = paths.map((path) => parse(readFileSync(path, 'utf8')));
  const types = new Map<string, SchemaNode>();
  const elements = new Map<string, string>();
  for (const { children } of roots)
    for (const node of children) {
      if (node.name === 'element')
        elements.set(node.attributes.name ?? '', local(node.attributes.type ?? ''));
      else types.set(node.attributes.name ?? '', node);
    }
  return {
    problemsOf(element) {
      const type = elements.get(element.name);
      return type === undefined ? [`${element.name} is no element`] : check(element, type, element.name);
    },
    typeOf: (element) => elements.get(element) ?? '',
    particlesOf(name) {
      const type = types.get(name);
      return type === undefined || type.name === 'simpleType' ? null : particlesOf(type);
    },
    textTypeOf: (name) => ({ base: baseOf(name), facets: facetsOf(restrictionsOf(name)) }),
  };

  function check(element: XmlElement, typeName: string, place: string): readonly string[] {
    const type = types.get(typeName);
    if (type === undefined) return checkText(element, [], typeName, place);
    if (type.name === 'simpleType')
      return checkText(element, restrictionsOf(typeName), baseOf(typeName), place);
    return checkSequence(element, particlesOf(type), place);
  }

  function checkSequence(element: XmlElement, particles: readonly SchemaNode[], place: string) {
    const problems: string[] = [];
    let position = 0;
    const take = (particle: SchemaNode): number => {
      const [least, most] = occurrences(particle);
      let count = 0;
      while (count < most && element.children[position]?.name === particle.attributes.name) {
        const child = element.children[position] as XmlElement;
        const inside = `${place}/${child.name}`;
        if (child.namespace !== '') problems.push(`${inside} has a namespace`);
        problems.push(...check(child, local(particle.attributes.type ?? ''), inside));
        position += 1;
        count += 1;
      }
      if (count < least) problems.push(`${place}/${particle.attributes.name} is missing at its place`);
      return count;
    };
    for (const particle of particles) {
      if (particle.name === 'choice') {
        const chosen = particle.children.find(
          ({ attributes }) => attributes.name === element.children[position]?.name,
        );
        if (chosen === undefined) problems.push(`${place}: none of a choice`);
        else take(chosen);
      } else take(particle);
    }
    for (const { name } of element.children.slice(position)) problems.push(`${place}/${name} is too many`);
    return problems;
  }

  function particlesOf(type: SchemaNode): readonly SchemaNode[] {
    return type.children.flatMap((child) => {
      if (child.name === 'sequence') return child.children;
      if (child.name !== 'complexContent') return [];
      const extension = child.children[0] as SchemaNode;
      const base = types.get(local(extension.attributes.base ?? ''));
      return [...(base === undefined ? [] : particlesOf(base)), ...particlesOf(extension)];
    });
  }

  function restrictionsOf(typeName: string): readonly SchemaNode[] {
    const [restriction] = types.get(typeName)?.children ?? [];
    if (restriction === undefined) return [];
    return [...restriction.children, ...restrictionsOf(local(restriction.attributes.base ?? ''))];
  }

  function baseOf(typeName: string): string {
    const base = types.get(typeName)?.children[0]?.attributes.base;
    return base === undefined ? typeName : baseOf(local(base));
  }
}

function facetsOf(restrictions: readonly SchemaNode[]): Readonly<Record<string, unknown>> {
  const value = (name: string) => restrictions.find((one) => one.name === name)?.attributes.value;
  const number = (name: string) => (value(name) === undefined ? undefined : Number(value(name)));
  const oneOf = restrictions.flatMap(({ name, attributes }) =>
    name === 'enumeration' ? [attributes.value ?? ''] : [],
  );
  return {
    minLength: number('length') ?? number('minLength'),
    maxLength: number('length') ?? number('maxLength'),
    pattern: value('pattern'),
    oneOf: oneOf.length === 0 ? undefined : oneOf,
    least: number('minInclusive'),
    most: number('maxInclusive'),
  };
}

const builtIn: Readonly<Record<string, RegExp>> = {
  string: /^[\s\S]*$/,
  boolean: /^(?:true|false|1|0)$/,
  decimal: /^[+-]?\d+(?:\.\d+)?$/,
  int: /^[+-]?\d+$/,
  date: /^\d{4}-\d{2}-\d{2}(?:Z|[+-]\d{2}:\d{2})?$/,
  dateTime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/,
  base64Binary: /^[A-Za-z0-9+/=\s]*$/,
};

function checkText(
  { text, children }: XmlElement,
  restrictions: readonly SchemaNode[],
  base: string,
  place: string,
): readonly string[] {
  const length = [...text].length;
  const holds: Readonly<Record<string, (value: string) => boolean>> = {
    pattern: (value) => new RegExp(`^(?:${value})$`, 'u').test(text),
    length: (value) => length === Number(value),
    minLength: (value) => length >= Number(value),
    maxLength: (value) => length <= Number(value),
    minInclusive: (value) => Number(text) >= Number(value),
    maxInclusive: (value) => Number(text) <= Number(value),
  };
  const problems = restrictions
    .filter(({ name, attributes }) => !(holds[name]?.(attributes.value ?? '') ?? true))
    .map(({ name, attributes }) => `${place}: ${name} ${attributes.value}`);
  const values = restrictions
    .filter(({ name }) => name === 'enumeration')
    .map(({ attributes }) => attributes.value);
  if (values.length > 0 && !values.includes(text)) problems.push(`${place}: none of ${values.join()}`);
  if (children.length > 0) problems.push(`${place} has elements`);
  if (!builtIn[base]?.test(text)) problems.push(`${place} is no ${base}`);
  return problems;
}

function occurrences({ attributes }: SchemaNode): readonly [number, number] {
  const most =
    attributes.maxOccurs === 'unbounded' ? Number.POSITIVE_INFINITY : Number(attributes.maxOccurs ?? 1);
  return [Number(attributes.minOccurs ?? 1), most];
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);

function parse(text: string): SchemaNode {
  const parser = new SaxesParser({ xmlns: true });
  const document: SchemaNode = { name: '', attributes: {}, children: [] };
  const open = [document];
  parser.on('opentag', (tag: SaxesTagNS) => {
    const attributes = Object.fromEntries(
      Object.values(tag.attributes).map(({ name, value }) => [name, value]),
    );
    const node: SchemaNode = { name: tag.local, attributes, children: [] };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  return document.children[0] as SchemaNode;
}
