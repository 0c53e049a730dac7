import type { FirstOperation } from './first-operation.ts';
import { inlineJson } from './inline-json.ts';

/** Apollo Sandbox with one operation filled in. Its script comes from Apollo's network; `/graphiql` needs none. */
export function sandboxPage(endpoint: string, first: FirstOperation): string {
  const options = {
    target: '#sandbox',
    initialEndpoint: endpoint,
    includeCookies: false,
    initialState: {
      document: first.document,
      variables: first.variables,
      headers: first.token === null ? {} : { Authorization: `Bearer ${first.token}` },
      includeCookies: false,
    },
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>School services: Apollo Sandbox</title>
<style>html,body,#sandbox{margin:0;height:100%;width:100%} p{font:16px/1.5 system-ui;margin:2rem}</style>
</head>
<body>
<div id="sandbox"><p>Apollo Sandbox loads from Apollo's network. Without Internet access use
<a href="/graphiql">GraphiQL</a>, which this server brings along.</p></div>
<script src="https://embeddable-sandbox.cdn.apollographql.com/_latest/embeddable-sandbox.umd.production.min.js"></script>
<script>
const options = ${inlineJson(options)};
options.initialEndpoint = new URL(options.initialEndpoint, location.href).href;
if (window.EmbeddedSandbox) new window.EmbeddedSandbox(options);
</script>
</body>
</html>
`;
}
