import type { FirstOperation } from './first-operation.ts';
import { inlineJson } from './inline-json.ts';

/** The files of GraphiQL, served under `/graphiql/`. */
export type GraphiqlFiles = Readonly<Record<string, { readonly mediaType: string; readonly text: string }>>;

/**
 * GraphiQL from a package in node_modules, so that it works in networks without Internet.
 *
 * 9 MB of script: imported when the page is first opened.
 */
export async function graphiqlFiles(): Promise<GraphiqlFiles> {
  // The package's main entry inlines everything into one page; a browser can cache its parts.
  const entry = import.meta.resolve('@graphql-yoga/render-graphiql');
  const parts: Record<string, string> = await import(new URL('./graphiql.js', entry).href);
  const script = (text: string | undefined) => ({
    mediaType: 'text/javascript; charset=utf-8',
    text: text ?? '',
  });
  return {
    'graphiql.js': script(parts.js),
    'graphiql.css': { mediaType: 'text/css; charset=utf-8', text: parts.css ?? '' },
    'editor.worker.js': script(parts.editorWorkerService),
    'json.worker.js': script(parts.jsonWorker),
    'graphql.worker.js': script(parts.graphqlWorker),
  };
}

/** The page itself, with one operation and its header filled in. */
export function graphiqlPage(endpoint: string, first: FirstOperation): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>School services: GraphiQL</title>
<link rel="icon" href="data:,">
</head>
<body id="body" class="no-focus-outline">
<noscript>GraphiQL needs JavaScript.</noscript>
<div id="root"></div>
<script>
${graphiqlScript(endpoint, first)}
showGraphiql(document.querySelector('#root'));
</script>
</body>
</html>
`;
}

/** Defines `showGraphiql(element)`, which loads GraphiQL into a page of this server. */
export function graphiqlScript(endpoint: string, first: FirstOperation): string {
  const options = {
    title: 'School services: GraphiQL',
    endpoint,
    defaultQuery: first.document,
    query: first.document,
    variables: JSON.stringify(first.variables, null, 2),
    headers:
      first.token === null ? '{}' : JSON.stringify({ Authorization: `Bearer ${first.token}` }, null, 2),
    shouldPersistHeaders: false,
  };
  return `const graphiqlWorkers = { editorWorkerService: 'editor', json: 'json', graphql: 'graphql' };
self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_, label) => '/graphiql/' + (graphiqlWorkers[label] ?? 'editor') + '.worker.js',
};
function showGraphiql(element) {
  const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/graphiql/graphiql.css' });
  const script = Object.assign(document.createElement('script'), { src: '/graphiql/graphiql.js' });
  script.onload = () => YogaGraphiQL.renderYogaGraphiQL(element, ${inlineJson(options)});
  document.head.append(style, script);
}`;
}
