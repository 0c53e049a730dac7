import { escapeHtml } from '../../core/http/escape-html.ts';
import type { FirstOperation, LandingLink } from './first-operation.ts';
import { graphiqlScript } from './graphiql.ts';
import { inlineJson } from './inline-json.ts';

/** A network without Internet often gives no response at all: the wait for Apollo's server is limited. */
const patienceMs = 2_500;

/**
 * Apollo Sandbox with one operation filled in, and links to the other parts of the demo. Its script comes from
 * Apollo's network; if that cannot be reached, the page shows GraphiQL, which this server has itself.
 */
export function sandboxPage(endpoint: string, first: FirstOperation): string {
  const options = {
    target: '#tool',
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
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body id="body" class="no-focus-outline">
<nav aria-label="Of this server"><strong>School services API</strong>${links(first.links ?? [])}</nav>
<noscript><p>Sandbox and GraphiQL need JavaScript.</p></noscript>
<div id="tool"></div>
<script>
${graphiqlScript(endpoint, first)}
const options = ${inlineJson(options)};
options.initialEndpoint = new URL(options.initialEndpoint, location.href).href;
let isDecided = false;
const decide = (show) => { if (!isDecided) { isDecided = true; show(); } };
const useGraphiql = () => decide(() => showGraphiql(document.querySelector('#tool')));
const script = document.createElement('script');
script.src = 'https://embeddable-sandbox.cdn.apollographql.com/_latest/embeddable-sandbox.umd.production.min.js';
script.onload = () => decide(() => new window.EmbeddedSandbox(options));
script.onerror = useGraphiql;
document.head.append(script);
setTimeout(useGraphiql, ${patienceMs});
</script>
</body>
</html>
`;
}

const own: readonly LandingLink[] = [
  { label: 'GraphiQL', url: '/graphiql' },
  { label: 'Schema', url: '/schema.graphql' },
];

function links(more: readonly LandingLink[]): string {
  return [...own, ...more]
    .map(({ label, url }) => `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`)
    .join('');
}

const style = `html,body{margin:0;height:100%}
body{display:flex;flex-direction:column}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:center;padding:.6rem 1rem;background:#06c;color:#fff;font:15px/1.4 system-ui}
nav a{color:#fff}
#tool{flex:1;min-height:0;position:relative}
#tool>iframe{width:100%;height:100%}`;
