import fc from 'fast-check';
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

/** A random operation over a schema: wild aliases, fragments, arguments, variables, skip and include, abstract types. */
export interface RandomOperation {
  readonly source: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Vocabulary {
  /** Values to choose from for an argument or input field of that name, else for one of that type. */
  readonly [name: string]: readonly unknown[];
}

export interface RandomOperationOptions {
  readonly kind?: 'query' | 'mutation';
  readonly maxDepth?: number;
  /** Names of fields that are never asked for. */
  readonly without?: readonly string[];
  /** Whether response keys and variables take names that mean something else to schema, planner or executor. */
  readonly isWild?: boolean;
}

export function randomOperation(
  schema: GraphQLSchema,
  vocabulary: Vocabulary,
  { kind = 'query', maxDepth = 5, without = [], isWild = true }: RandomOperationOptions = {},
): fc.Arbitrary<RandomOperation> {
  const wildNames = isWild ? namesWithAMeaning(schema) : [];
  const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
  // One stream of random numbers drives the whole operation, so that shrinking makes it smaller.
  return fc.infiniteStream(fc.nat(10_000)).map((stream) => {
    const next = (below: number) => (stream.next().value ?? 0) % below;
    const write = new Writer({ schema, vocabulary, wildNames, maxDepth, without, next });
    const selections = write.selection(root as GraphQLNamedType, 0, new Map());
    return {
      source: `${kind} Random${write.definitions()} ${selections}\n${write.fragments()}`,
      variables: write.variables(),
    };
  });
}

/** All names of fields, the planner's and our own: what a response key must never be mistaken for. */
function namesWithAMeaning(schema: GraphQLSchema): string[] {
  const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
    (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__')
      ? Object.keys(type.getFields())
      : [],
  );
  const ours = ['k0', 'k1', 'k2', 'v_t', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then'];
  const typenames = ['__typename', '_typename', 'typename', '__typename_', '__type', '__schema'];
  return [...new Set([...fields, 'id', ...plannerNames, ...typenames, ...ours])];
}

const plannerNames = [
  ...['_internal_qp_alias_0', '_internal_qp_alias_1', '_internal_qp_alias_2'],
  ...['_entities', '_e0', '_e1', 'representations', '__batch_reps_0', '_service'],
];

/** What stands under the response keys of one selection set, fragments included. */
type RequestContext = Map<string, Entry[]>;

interface Entry {
  readonly parent: GraphQLNamedType;
  readonly call: string;
  readonly shape: string;
  readonly inside: RequestContext;
}

interface Given {
  readonly schema: GraphQLSchema;
  readonly vocabulary: Vocabulary;
  readonly wildNames: readonly string[];
  readonly maxDepth: number;
  readonly without: readonly string[];
  readonly next: (below: number) => number;
}

class Writer {
  private readonly written: { readonly name: string; readonly on: string; text: string }[] = [];
  private readonly declared = new Map<string, { readonly type: string; readonly value: unknown }>();

  private readonly given: Given;

  constructor(given: Given) {
    this.given = given;
  }

  definitions(): string {
    if (this.declared.size === 0) return '';
    return `(${[...this.declared].map(([name, { type }]) => `$${name}: ${type}`).join(', ')})`;
  }

  variables(): Record<string, unknown> {
    const given = [...this.declared].filter(([, { value }]) => value !== undefined);
    return Object.fromEntries(given.map(([name, { value }]) => [name, value]));
  }

  fragments(): string {
    return this.written.map(({ name, on, text }) => `fragment ${name} on ${on} ${text}`).join('\n');
  }

  selection(type: GraphQLNamedType, depth: number, context: RequestContext): string {
    // First a field that always stays: an empty answer would prove little, and the specification asks for one.
    const parts: string[] = [this.typename(type, context)];
    const own = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    for (const f of own) {
      if (this.given.without.includes(f.name) || !this.chance(4)) continue;
      parts.push(...this.field(type, f, depth, context));
      if (this.chance(8)) parts.push(...this.field(type, f, depth, context));
    }
    if (depth < this.given.maxDepth && this.chance(12))
      parts.push(`...${this.condition()} ${this.selection(type, depth + 1, context)}`);
    for (const inside of this.conditionsWithin(type)) {
      if (depth < this.given.maxDepth && this.chance(isAbstractType(type) ? 3 : 8))
        parts.push(this.fragment(inside, depth, context));
    }
    return `{ ${parts.join(' ')} }`;
  }

  private typename(type: GraphQLNamedType, context: RequestContext): string {
    const entry = { parent: type, call: '__typename', shape: 'String!', inside: new Map() };
    const key = this.chance(2) ? '__typename' : `type_${this.given.next(1_000)}`;
    // Another field may be called so already.
    const free = this.take(context, key, entry) ? key : `type_${1_000 + this.given.next(1_000_000)}`;
    this.take(context, free, entry);
    return free === '__typename' ? free : `${free}: __typename`;
  }

  private field(
    parent: GraphQLNamedType,
    f: GraphQLField<unknown, unknown>,
    depth: number,
    context: RequestContext,
  ): string[] {
    const type = getNamedType(f.type);
    if (isCompositeType(type) && depth >= this.given.maxDepth) return [];
    const args = f.args.flatMap((arg) =>
      isRequiredArgument(arg) || this.chance(3) ? [`${arg.name}: ${this.value(arg.name, arg.type)}`] : [],
    );
    const call = args.length === 0 ? f.name : `${f.name}(${args.join(', ')})`;
    const entry = { parent, call, shape: shapeOf(f.type), inside: new Map() };
    const key = this.keys(f.name).find((candidate) => this.take(context, candidate, entry));
    if (key === undefined) return [];
    const inside = context.get(key)?.[0]?.inside ?? entry.inside;
    const below = isCompositeType(type) ? ` ${this.selection(type, depth + 1, inside)}` : '';
    return [`${key === f.name ? '' : `${key}: `}${call}${this.condition()}${below}`];
  }

  /** Response keys to try, the wished one first. */
  private keys(name: string): string[] {
    const wild = this.given.wildNames.length > 0 && this.chance(4) ? [this.pick(this.given.wildNames)] : [];
    const own = this.chance(6) ? [] : [name];
    return [...wild, ...own, `${name}_${this.given.next(1_000_000)}`];
  }

  /** Whether the key may stand for that field here; it then does. */
  private take(context: RequestContext, key: string, entry: Entry): boolean {
    const there = context.get(key) ?? [];
    const fits = there.every((other) => {
      const isApart =
        other.parent !== entry.parent && isObjectType(other.parent) && isObjectType(entry.parent);
      return other.shape === entry.shape && (isApart || other.call === entry.call);
    });
    if (fits) context.set(key, [...there, entry]);
    return fits;
  }

  /** Types that a fragment inside the given one may be on. */
  private conditionsWithin(type: GraphQLNamedType): readonly GraphQLNamedType[] {
    if (!isAbstractType(type)) return [type, ...(isObjectType(type) ? type.getInterfaces() : [])];
    const possible = this.given.schema.getPossibleTypes(type);
    return [...possible, ...new Set(possible.flatMap((object) => object.getInterfaces()))];
  }

  private fragment(type: GraphQLNamedType, depth: number, context: RequestContext): string {
    const again = this.written.filter(({ on, text }) => on === type.name && text !== '');
    // The same fragment at another place: now and then its keys do not fit there, and the operation is left out.
    if (again.length > 0 && this.chance(4)) return `...${this.pick(again).name}${this.condition()}`;
    if (!this.chance(3))
      return `... on ${type.name}${this.condition()} ${this.selection(type, depth + 1, context)}`;
    const fragment = { name: `F${this.written.length}`, on: type.name, text: '' };
    this.written.push(fragment);
    fragment.text = this.selection(type, depth + 1, context);
    return `...${fragment.name}${this.condition()}`;
  }

  private condition(): string {
    const choice = this.given.next(14);
    if (choice > 2) return '';
    const value = this.pick(['$t', '$u', 'true', 'false']);
    const written =
      choice === 0
        ? ` @skip(if: ${value})`
        : ` @include(if: ${value})${choice === 1 ? '' : ' @skip(if: $u)'}`;
    for (const name of ['t', 'u'])
      if (written.includes(`$${name}`) && !this.declared.has(name))
        this.declared.set(name, { type: 'Boolean!', value: this.chance(2) });
    return written;
  }

  /** An argument's value, as a literal or by a variable, which may be absent where that is allowed. */
  private value(name: string, type: GraphQLInputType): string {
    const value = this.random(name, type);
    if (!this.chance(3)) return literal(value, type);
    const isAbsent = !isNonNullType(type) && this.chance(4);
    const wild = this.given.wildNames.length > 0 && this.chance(3) ? this.pick(this.given.wildNames) : 'a';
    const variable = this.declared.has(wild) ? `a${this.declared.size}` : wild;
    this.declared.set(variable, { type: String(type), value: isAbsent ? undefined : value });
    return `$${variable}`;
  }

  private random(name: string, type: GraphQLInputType, isNullable = true): unknown {
    if (isNonNullType(type)) return this.random(name, type.ofType, false);
    if (isListType(type))
      return Array.from({ length: this.given.next(3) }, () => this.random(name, type.ofType));
    if (isEnumType(type)) return this.pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const chosen = Object.values(type.getFields()).filter((f) => isRequiredInputField(f) || this.chance(2));
      return Object.fromEntries(chosen.map((f) => [f.name, this.random(f.name, f.type)]));
    }
    const values = this.given.vocabulary[name] ?? this.given.vocabulary[type.name] ?? [null];
    return this.pick(isNullable ? values : values.filter((value) => value !== null));
  }

  private pick<T>(values: readonly T[]): T {
    return values[this.given.next(values.length)] as T;
  }

  private chance(oneIn: number): boolean {
    return this.given.next(oneIn) === 0;
  }
}

/** What two fields must have in common to stand under one response key. */
function shapeOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  return isLeafType(named) ? String(type) : String(type).replace(named.name, '*');
}

function literal(value: unknown, type: GraphQLInputType): string {
  if (value === null || value === undefined) return 'null';
  if (isNonNullType(type)) return literal(value, type.ofType);
  if (isListType(type))
    return `[${(value as unknown[]).map((item) => literal(item, type.ofType)).join(', ')}]`;
  if (isEnumType(type)) return String(value);
  if (!isInputObjectType(type)) return anyLiteral(value);
  const fields = Object.entries(value as object).map(
    ([name, of]) => `${name}: ${literal(of, type.getFields()[name]?.type as GraphQLInputType)}`,
  );
  return `{ ${fields.join(', ')} }`;
}

/** A scalar's value, which may be of any shape. */
function anyLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(anyLiteral).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, of]) => `${name}: ${anyLiteral(of)}`)
    .join(', ')} }`;
}
