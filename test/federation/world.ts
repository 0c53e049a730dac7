import {
  buildASTSchema,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type NamedTypeNode,
  parse,
  type SelectionSetNode,
  valueFromAST,
} from 'graphql';
import { argumentOf, directivesOf, fieldSet } from './directives.ts';

/** One object of the world. Its values are made from its type, its number and a field's name and arguments. */
export class Row {
  readonly type: string;
  readonly index: number;
  /** Of all rows: tells rows of all types apart. */
  readonly number: number;

  constructor(type: string, index: number, number: number) {
    this.type = type;
    this.index = index;
    this.number = number;
  }
}

export type Plain = Readonly<Record<string, unknown>>;

/** Values that are not made up, by `Type.index.field` or `Type.field`. */
export type Values = Readonly<Record<string, unknown>>;

/** A field as one subgraph has it. */
export interface Definition {
  readonly subgraph: string;
  readonly schema: GraphQLSchema;
  /** In that subgraph; an interface's name where it has an interface object. */
  readonly type: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
}

const rowsOfEachType = 3;

/**
 * What is true of all objects of a supergraph, whichever subgraph is asked: made up from the schema alone, the same
 * each time. A value is null now and then where no subgraph minds; keys never are.
 */
export class World {
  /** Everything that the subgraphs have, what is inaccessible to clients included. */
  readonly full: GraphQLSchema;
  private readonly api: GraphQLSchema;
  private readonly subgraphs: Readonly<Record<string, GraphQLSchema>>;
  private readonly values: Values;
  private readonly rows = new Map<string, readonly Row[]>();
  private readonly keyFields = new Set<string>();
  private readonly definitions = new Map<string, readonly Definition[]>();

  constructor(given: {
    readonly supergraphSdl: string;
    readonly api: GraphQLSchema;
    readonly subgraphs: Readonly<Record<string, GraphQLSchema>>;
    readonly values: Values;
  }) {
    this.full = buildASTSchema(parse(given.supergraphSdl), { assumeValid: true });
    this.api = given.api;
    this.subgraphs = given.subgraphs;
    this.values = given.values;
    let number = 0;
    for (const type of Object.values(this.full.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__')) continue;
      this.rows.set(
        type.name,
        Array.from({ length: rowsOfEachType }, (_, index) => new Row(type.name, index, number++)),
      );
    }
    for (const schema of Object.values(given.subgraphs)) this.findKeyFields(schema);
  }

  /** The rows of an object type, or of all types of an interface. */
  rowsOf(typeName: string): readonly Row[] {
    return this.objectTypes(typeName).flatMap((name) => this.rows.get(name) ?? []);
  }

  root(typeName: string): Row {
    return this.rowsOf(typeName)[0] as Row;
  }

  isOfType(row: Row, typeName: string): boolean {
    return this.objectTypes(typeName).includes(row.type);
  }

  isKeyField(typeName: string, fieldName: string): boolean {
    return this.keyFields.has(`${typeName}.${fieldName}`);
  }

  /**
   * A field's value. What a field with `@requires` answers depends on what it requires: `required` is that, as the
   * subgraph got it; by default as it is.
   */
  value(row: Row, fieldName: string, args: Plain, required = this.requiredBy(row, fieldName)): unknown {
    const own =
      this.values[`${row.type}.${row.index}.${fieldName}`] ?? this.values[`${row.type}.${fieldName}`];
    if (own !== undefined) return own;
    if (`${row.type}.${row.index}.${fieldName}` in this.values) return null;
    const definitions = this.definitionsOf(row.type, fieldName);
    const text = textOf(this.publicArguments(row.type, fieldName, args)) + (required ?? '');
    const types = definitions.map(({ field }) => field.type);
    return this.makeUp(types, definitions, {
      row,
      fieldName,
      text,
      seed: `${row.type}${row.index}.${fieldName}${text}`,
    });
  }

  /** Of a row, what a field set asks for, as a representation has it. */
  project(row: Row, selectionSet: SelectionSetNode): Plain {
    const found: Record<string, unknown> = {};
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value === '__typename') continue;
        found[selection.name.value] = this.projectField(row, selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (this.isOfType(row, (selection.typeCondition as NamedTypeNode).name.value))
          Object.assign(found, this.project(row, selection.selectionSet));
      }
    }
    return found;
  }

  /** How the subgraphs define a field of an object type, interface objects included. */
  definitionsOf(typeName: string, fieldName: string): readonly Definition[] {
    const key = `${typeName}.${fieldName}`;
    let found = this.definitions.get(key);
    if (found === undefined) {
      found = Object.entries(this.subgraphs).flatMap(([subgraph, schema]) =>
        this.viewsOf(schema, typeName).flatMap((type) => {
          const field = type.getFields()[fieldName];
          return field === undefined || this.isOverridden(subgraph, type.name, fieldName)
            ? []
            : [{ subgraph, schema, type, field }];
        }),
      );
      this.definitions.set(key, found);
    }
    return found;
  }

  /** Whether another subgraph took the field over from this one. */
  isOverridden(subgraph: string, typeName: string, fieldName: string): boolean {
    return Object.values(this.subgraphs).some((schema) => {
      const type = schema.getType(typeName);
      const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
      return field !== undefined && argumentOf(field, 'override', 'from') === subgraph;
    });
  }

  private projectField(
    row: Row,
    { name: { value: name }, arguments: args, selectionSet }: FieldNode,
  ): unknown {
    const type = this.full.getType(row.type) as GraphQLObjectType;
    const literals = Object.fromEntries(
      (args ?? []).map((arg) => {
        const definition = type.getFields()[name]?.args.find((one) => one.name === arg.name.value);
        return [arg.name.value, definition && valueFromAST(arg.value, definition.type)];
      }),
    );
    const each = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(each);
      return value instanceof Row && selectionSet ? this.project(value, selectionSet) : value;
    };
    return each(this.value(row, name, this.withDefaults(row.type, name, literals)));
  }

  private withDefaults(typeName: string, fieldName: string, args: Plain): Plain {
    const type = this.full.getType(typeName) as GraphQLObjectType;
    const defaults = (type.getFields()[fieldName]?.args ?? []).filter(
      (arg) => arg.defaultValue !== undefined,
    );
    return { ...Object.fromEntries(defaults.map((arg) => [arg.name, arg.defaultValue])), ...args };
  }

  /** What a subgraph has beyond the others' arguments no client can send. */
  private publicArguments(typeName: string, fieldName: string, args: Plain): Plain {
    const type = this.full.getType(typeName) as GraphQLObjectType;
    const names = new Set(type.getFields()[fieldName]?.args.map(({ name }) => name));
    return Object.fromEntries(Object.entries(args).filter(([name]) => names.has(name)));
  }

  private requiredBy(row: Row, fieldName: string): string | null {
    for (const { field } of this.definitionsOf(row.type, fieldName)) {
      const fields = argumentOf(field, 'requires', 'fields');
      if (fields !== undefined) return textOf(this.project(row, fieldSet(fields)));
    }
    return null;
  }

  private makeUp(
    types: readonly GraphQLOutputType[],
    definitions: readonly Definition[],
    of: { readonly row: Row; readonly fieldName: string; readonly text: string; readonly seed: string },
  ): unknown {
    const isKey = this.isKeyField(of.row.type, of.fieldName);
    const isNullable = !isKey && types.every((type) => !isNonNullType(type));
    if (isNullable && hash(`null ${of.seed}`) % 6 === 0) return null;
    const bare = types.map((type) => (isNonNullType(type) ? type.ofType : type) as GraphQLOutputType);
    if (isListType(bare[0])) {
      const items = bare.map((type) => (type as { ofType: GraphQLOutputType }).ofType);
      return Array.from({ length: hash(`length ${of.seed}`) % 3 }, (_, i) =>
        this.makeUp(items, definitions, { ...of, seed: `${of.seed}[${i}]` }),
      );
    }
    return this.makeUpNamed(definitions, { ...of, isKey, isNullable });
  }

  private makeUpNamed(
    definitions: readonly Definition[],
    of: {
      readonly row: Row;
      readonly fieldName: string;
      readonly text: string;
      readonly seed: string;
      readonly isKey: boolean;
      readonly isNullable: boolean;
    },
  ): unknown {
    const named = getNamedType(definitions[0]?.field.type as GraphQLOutputType);
    const number = hash(of.seed);
    if (isEnumType(named)) return pick(this.commonEnumValues(named.name, definitions), number);
    if (isObjectType(named) || isAbstractType(named)) {
      const rows = this.commonObjectTypes(definitions).flatMap((name) => this.rowsOf(name));
      if (rows.length === 0 && !of.isNullable) throw new Error(`No object can stand at ${of.seed}.`);
      return rows.length === 0 ? null : pick(rows, number);
    }
    switch (named.name) {
      case 'Int':
        return of.isKey ? of.row.number : number % 1_000;
      case 'Float':
        return (number % 1_000) / 4;
      case 'Boolean':
        return number % 2 === 0;
      case 'ID':
        return `${of.row.type}${of.row.index}${of.fieldName === 'id' ? '' : `-${of.fieldName}`}${of.text}`;
      case 'String':
        return `${of.fieldName} ${of.seed.slice(of.seed.indexOf('.') + 1)} of ${of.row.type}${of.row.index}`;
      default:
        return { scalar: number % 100, of: [of.row.type, of.row.index] };
    }
  }

  private commonEnumValues(name: string, definitions: readonly Definition[]): readonly string[] {
    const known = [this.api, ...definitions.map(({ schema }) => schema)].map((schema) =>
      schema.getType(name),
    );
    const lists = known.map((type) => (isEnumType(type) ? type.getValues().map((value) => value.name) : []));
    return common(lists);
  }

  /** The object types that every subgraph knows which answers the field. */
  private commonObjectTypes(definitions: readonly Definition[]): readonly string[] {
    return common(
      definitions.map(({ schema, field }) => {
        const type = getNamedType(field.type);
        if (isAbstractType(type)) return schema.getPossibleTypes(type).map(({ name }) => name);
        return this.objectTypes(type.name);
      }),
    );
  }

  private objectTypes(typeName: string): readonly string[] {
    const type = this.full.getType(typeName);
    if (isAbstractType(type)) return this.full.getPossibleTypes(type).map(({ name }) => name);
    return [typeName];
  }

  /** What an object of the type is in a subgraph: an object of its type, or of its interface's object. */
  private viewsOf(schema: GraphQLSchema, typeName: string): readonly GraphQLObjectType[] {
    const own = schema.getType(typeName);
    const full = this.full.getType(typeName);
    const interfaces = isObjectType(full) ? full.getInterfaces() : [];
    const objects = interfaces.map(({ name }) => schema.getType(name));
    return [own, ...objects].filter((type): type is GraphQLObjectType => isObjectType(type));
  }

  private findKeyFields(schema: GraphQLSchema): void {
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const directive of directivesOf(type, 'key')) {
        const fields = directive.arguments?.find((arg) => arg.name.value === 'fields')?.value;
        if (fields?.kind === Kind.STRING) this.addKeyFields(type.name, fieldSet(fields.value));
      }
    }
  }

  private addKeyFields(typeName: string, { selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD) continue;
      for (const name of [typeName, ...this.objectTypes(typeName)])
        this.keyFields.add(`${name}.${selection.name.value}`);
      const type = this.full.getType(typeName);
      const field =
        isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined;
      if (selection.selectionSet && field)
        this.addKeyFields(getNamedType(field.type).name, selection.selectionSet);
    }
  }
}

/** The same text for equal values, whatever the order of their fields. */
export function textOf(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ).replace(/^\{\}$/, '');
}

function common<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const [first = [], ...others] = lists;
  return first.filter((item) => others.every((list) => list.includes(item)));
}

function pick<T>(values: readonly T[], number: number): T {
  return values[number % values.length] as T;
}

/** FNV-1a, mixed once more: neighbours differ in their low digits too. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}
