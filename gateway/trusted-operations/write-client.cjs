// A plugin of graphql-codegen: writes operations as typed texts, for the client that others install. Of operations that
// take an idempotency key it notes that they do.
const { typeFromAST, getNamedType } = require('graphql');
const { entriesOf } = require('./write-manifest.cjs');

module.exports = {
  plugin(schema, files) {
    const operations = files.flatMap(({ document }) => document?.definitions ?? []);
    const content = entriesOf(files).map(({ name, type, body }) => {
      const kind = type.charAt(0).toUpperCase() + type.slice(1);
      const operation = operations.find(
        (one) => one.kind === 'OperationDefinition' && one.name.value === name,
      );
      const keyed = takesKey(schema, operation) ? ', { takesKey: true }' : '';
      return `export const ${name}: Operation<${name}${kind}, ${name}${kind}Variables> = /* @__PURE__ */ operation(${JSON.stringify(body)}${keyed});`;
    });
    return {
      prepend: ["import { type Operation, operation } from './operation.ts';"],
      content: `${content.join('\n')}\n`,
    };
  },
};

function takesKey(schema, operation) {
  const input = operation.variableDefinitions.find(({ variable }) => variable.name.value === 'input');
  const type = input && getNamedType(typeFromAST(schema, input.type));
  return type !== undefined && 'idempotencyKey' in type.getFields();
}
