// A plugin of graphql-codegen: writes operations as the hashes of their texts, which is all that a client of
// registered operations sends. The texts are in the manifest that write-manifest.cjs makes of the same files.
const { entriesOf } = require('./write-manifest.cjs');

module.exports = {
  plugin(_schema, files) {
    const content = entriesOf(files).map(({ id, name, type }) => {
      const kind = type.charAt(0).toUpperCase() + type.slice(1);
      return `export const ${name} = /* @__PURE__ */ registered<${name}${kind}, ${name}${kind}Variables>('sha256:${id}');`;
    });
    return {
      prepend: ["import { registered } from '@school-services/client';"],
      content: `${content.join('\n')}\n`,
    };
  },
};
