import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { factsOfJsonSchema } from './rule-facts.ts';

type Json = Readonly<Record<string, unknown>>;

export interface OpenApi {
  /** What is wrong with a value by a component's schema; nothing that the schema does not name may be in it. */
  problemsOf(component: string, value: unknown): readonly string[];
  /** Statuses that an operation is documented to answer. */
  statusesOf(path: string, method: string): readonly string[];
  /** What a component's schema says, to compare it with rules of our own. */
  factsOf(component: string): readonly string[];
}

/** An OpenAPI 3.0 file, JSON or YAML. */
export function readOpenApi(path: string): OpenApi {
  const document = parse(readFileSync(path, 'utf8')) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Json }>>>>;
    readonly components: Json;
  };
  const schemas = document.components.schemas as Readonly<Record<string, Json>>;
  const named = (ref: string) => schemas[ref.split('/').at(-1) ?? ''] ?? {};
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'file', components: toJsonSchema(document.components) as Json });
  return {
    problemsOf(component, value) {
      const validate = ajv.compile({ $ref: `file#/components/schemas/${component}` });
      validate(value);
      return (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      );
    },
    factsOf: (component) => factsOfJsonSchema(named(component), named),
    statusesOf: (path_, method) => Object.keys(document.paths[path_]?.[method]?.responses ?? {}),
  };
}

/** OpenAPI 3.0 has the `exclusiveMaximum` of an older JSON Schema; objects are closed, so that nothing is invented. */
function toJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toJsonSchema);
  if (typeof node !== 'object' || node === null) return node;
  const { exclusiveMaximum, maximum, ...rest } = node as Json;
  const schema = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, toJsonSchema(value)]));
  const limit =
    exclusiveMaximum === true ? { exclusiveMaximum: maximum } : maximum === undefined ? {} : { maximum };
  const isObject = schema.type === 'object' && schema.properties !== undefined;
  return { ...schema, ...limit, ...(isObject ? { additionalProperties: false } : {}) };
}
