import { registerEnumType } from 'type-graphql';

/** An enum of the API, whose values are the keys of `values`, each with its description. */
export function describeEnum<Value extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Value, string>>,
): { readonly [V in Value]: V } {
  const described = Object.entries<string>(values);
  const members = Object.fromEntries(described.map(([value]) => [value, value])) as { [V in Value]: V };
  const valuesConfig = Object.fromEntries(described.map(([value, text]) => [value, { description: text }]));
  registerEnumType(members, { name, description, valuesConfig: valuesConfig as never });
  return members;
}
