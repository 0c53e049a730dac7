// The worst that a caller can send, by what it is made of. `{n}` is another number each time, so that nothing of it is
// known already.

const times = (count, text) => Array.from({ length: count }, (_, n) => text(n)).join(' ');
const family = '{ id firstName invoices(first: 5) { edges { node { id } } } }';

/** Past a limit, or not valid: refused. */
export const refusedDocuments = {
  'fragments that double': `{ me { ...F0 } } ${times(
    98,
    (n) => `fragment F${n} on Citizen { ...F${n + 1} ...F${n + 1} }`,
  )} fragment F98 on Citizen { a{n}: id }`,
  'selections without end': `{ me { ${'id '.repeat(5_900)} a{n}: id } }`,
  'nested without end': `query Q{n} { me ${'{ children '.repeat(2_900)}{ id }${' }'.repeat(2_900)} }`,
  'nested to the last bracket': `query Q{n} { me ${'{ children '.repeat(60)}{ id }${' }'.repeat(60)} }`,
  'as long as a body may be': `{ a{n}${'a'.repeat(250_000)} }`,
  'one field a thousand times': `query Q{n} { me { ${'firstName '.repeat(990)} } }`,
  'one object five hundred times': `query Q{n} { me { ${'children { id } '.repeat(495)} } }`,
  'objects of one name to their limit': `query Q{n} { me { ${times(99, () => 'children { id firstName lastName birthDate }')} x } }`,
  'fragments that repeat one another': `query Q{n} { me { ...F0 } } ${times(
    99,
    (n) => `fragment F${n} on Citizen { ${'children { id } '.repeat(4)} ${n < 98 ? `...F${n + 1}` : ''} }`,
  )}`,
  'conflicts in fragments': `query Q{n} { me { ${times(99, (n) => `...F${n}`)} } } ${times(
    99,
    (n) => `fragment F${n} on Citizen { a: invoices(first: ${n}) { totalCount } }`,
  )}`,
  'mistakes without end': `query Q{n} { me { ${times(990, (n) => `x${n}a`)} } }`,
  'variables without end': `query Q{n}(${times(1_400, (n) => `$v${n}: Int`)}) { me { id } }`,
  'a list with a mistake at its end': `query Q{n} { me { invoices(filter: { status: [${'PAID '.repeat(5_900)} NONE] }) { totalCount } } }`,
  'pages within pages': `query Q{n} { me { invoices(first: 100) { edges { node { child { invoices(first: 100) { edges { node { child { invoices(first: 100) { edges { node { id } } } } } } } } } } } } }`,
};

/** Within every limit, and as far as they go: validated, planned and answered. */
export const largestDocuments = {
  'a list without end': `query Q{n} { me { invoices(filter: { status: [${'PAID '.repeat(5_900)}] }) { totalCount } } }`,
  'commas without end': `query Q{n} { me { id ${','.repeat(65_000)} } }`,
  conditions: `query Q{n}(${times(20, (n) => `$v${n}: Boolean! = ${n % 2 === 0}`)}) { me { ${times(20, (n) => `children @skip(if: $v${n}) ${family}`)} } }`,
  'objects of one name': `query Q{n} { me { ${times(99, () => 'children { id firstName lastName birthDate }')} } }`,
  'thirty roots': `query Q{n} { ${times(30, (n) => `r${n}: me { children { firstName debts { id amount } } }`)} }`,
};

/**
 * A valid document of so many selections, going from type to type as a seed says, through every subgraph.
 *
 * `graphql` is the library: the schema's own.
 */
export function documentOf(
  selections,
  schema,
  { isLeafType, isObjectType, getNamedType, isRequiredArgument },
  seed,
) {
  let state = seed + 1;
  const random = (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  let left = selections;
  const fieldsOf = (type) =>
    Object.values(type.getFields())
      .filter(({ args }) => !args.some(isRequiredArgument))
      .map((field) => ({ name: field.name, type: getNamedType(field.type) }));
  const setOf = (type, depth) => {
    const parts = [];
    for (const field of fieldsOf(type).filter((field) => isLeafType(field.type))) {
      if (left <= 0) break;
      left--;
      parts.push(field.name);
    }
    const objects = fieldsOf(type).filter((field) => isObjectType(field.type));
    for (let at = objects.length; at > 0 && depth < 18; at--) {
      if (left < 4) break;
      const [field] = objects.splice(random(objects.length), 1);
      // Two in three, so that no way is followed to its end before another begins.
      if (random(3) === 0) continue;
      left--;
      const inner = setOf(field.type, depth + 1);
      if (inner === null) left++;
      else parts.push(`${field.name} ${inner}`);
    }
    return parts.length === 0 ? null : `{ ${parts.join(' ')} }`;
  };
  const roots = [];
  while (left > 4 && roots.length < 30) {
    left--;
    roots.push(`r${roots.length}: me ${setOf(schema.getType('Citizen'), 1)}`);
  }
  return `query Q${seed} { ${roots.join(' ')} }`;
}
