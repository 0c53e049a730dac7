import { AsyncLocalStorage } from 'node:async_hooks';
import { GraphQLError } from 'graphql';
import { AppError } from './errors.ts';
import type { Log } from './log.ts';

// Data that contradicts the legacy system's documentation loses as little as possible, and is reported: a field that
// may be null is null with an error of its own, and a list is shown without the rows that cannot be read, with an
// error that names it.

/** The legacy system holds what its tables' documentation excludes. `column`: `TABLE.COLUMN`; `expected`: a shape. */
export class ContractBroken extends AppError {
  constructor(column: string, expected: string) {
    super('LEGACY_CONTRACT_BROKEN', "The town hall's system holds data that cannot be read.", {
      facts: { column, expected },
      cause: new Error(`${column}: ${expected} was expected`),
    });
  }
}

/** The value of a key; null if there is none, and the error if it cannot be read. */
export type Found<Item> = Item | ContractBroken | null;

/** For anything that can do nothing without it. Errors: LEGACY_CONTRACT_BROKEN. */
export function orThrow<Item>(found: Item | ContractBroken): Item {
  if (found instanceof ContractBroken) throw found;
  return found;
}

const fieldErrors = Symbol('fields that cannot be read');
const incomplete = Symbol('rows are missing');

// Unreadable data is rare: until some is found, no row is searched for marks.
let isAnyMarked = false;

interface Marked {
  [fieldErrors]?: Readonly<Record<string, GraphQLError>>;
  [incomplete]?: true;
}

/** Notes for a record which of its fields are null since they cannot be read. Copies of the record know it too. */
export function markFields<T extends object>(record: T, broken: Readonly<Record<string, ContractBroken>>): T {
  isAnyMarked = true;
  const errors = Object.entries(broken).map(([field, error]) => [field, toFieldError(error)]);
  (record as Marked)[fieldErrors] = Object.fromEntries(errors);
  return record;
}

/** A field's value for the graph; if it cannot be read, an error, which GraphQL reports for that field. */
export function shown<T extends object, Field extends keyof T & string>(record: T, field: Field): T[Field] {
  return record[field] === null ? ((errorOf(record, field) ?? null) as T[Field]) : record[field];
}

/** A field's value for a resolver. Errors: LEGACY_CONTRACT_BROKEN where it is null since it cannot be read. */
export function fieldOf<T extends object, Field extends keyof T & string>(record: T, field: Field): T[Field] {
  const error = record[field] === null ? errorOf(record, field) : undefined;
  if (error !== undefined) throw error;
  return record[field];
}

function errorOf(record: object, field: string): GraphQLError | undefined {
  return isAnyMarked ? (record as Marked)[fieldErrors]?.[field] : undefined;
}

/** Notes that a list, or what was made of it, lacks rows that cannot be read. */
export function markIncomplete<T extends object>(list: T): T {
  isAnyMarked = true;
  Object.defineProperty(list, incomplete, { value: true, enumerable: !Array.isArray(list) });
  return list;
}

export function isIncomplete(value: unknown): boolean {
  return isAnyMarked && typeof value === 'object' && value !== null && (value as Marked)[incomplete] === true;
}

/**
 * For a search that found nothing: null, unless the list lacks rows that cannot be read. Errors:
 * LEGACY_CONTRACT_BROKEN.
 */
export function nothingIn(list: object): null {
  if (isIncomplete(list)) throw new ContractBroken('', '');
  return null;
}

/** A list made from an incomplete list is incomplete too. */
export function keepIncomplete<T extends object>(list: object, made: T): T {
  return isIncomplete(list) ? markIncomplete(made) : made;
}

/** The findings of one piece of work. */
interface Findings {
  readonly log: () => Log;
  readonly columns: Set<string>;
  /** Paths of fields that were answered without rows that cannot be read. */
  readonly incompletePaths: (readonly (string | number)[])[];
}

const findings = new AsyncLocalStorage<Findings>();

/** Runs work and logs its findings to `log`: one line for each column, however many rows. */
export function withFindings<T>(log: () => Log, work: () => T): T {
  return findings.run({ log, columns: new Set(), incompletePaths: [] }, work);
}

/** Logs an unreadable value, once for each column of the work that runs. */
export function reportBroken({ facts: { column = '', expected } = {} }: ContractBroken): void {
  const found = findings.getStore();
  if (found === undefined || found.columns.has(String(column))) return;
  found.columns.add(String(column));
  const [table, name] = String(column).split('.');
  found.log().error('legacy.unreadable', { table, column: name, expected });
}

/** Notes that a field of the operation that runs was answered without some rows. */
export function reportIncomplete(path: readonly (string | number)[]): void {
  findings.getStore()?.incompletePaths.push(path);
}

type Answer = { readonly errors?: readonly unknown[] | undefined };

/** Runs an operation of a subgraph; its answer has an error for each list that lacks rows. */
export function answerWithFindings<T extends Answer>(
  log: () => Log,
  run: () => Promise<T> | T,
): Promise<T> | T {
  return withFindings(log, () => {
    const answer = run();
    return answer instanceof Promise ? answer.then(addIncomplete) : addIncomplete(answer);
  });
}

export function incompleteErrors(): readonly GraphQLError[] {
  return (findings.getStore()?.incompletePaths ?? []).map((path) => {
    const { code, message } = new ContractBroken('', '');
    return new GraphQLError(message, { path, extensions: { code } });
  });
}

function addIncomplete<T extends Answer>(answer: T): T {
  const errors = incompleteErrors();
  return errors.length === 0 ? answer : { ...answer, errors: [...(answer.errors ?? []), ...errors] };
}

function toFieldError({ code, message }: ContractBroken): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
