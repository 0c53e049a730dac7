import type { Profile } from '../measure/processes.ts';

type Node = Profile['nodes'][number];

/** Where processor time goes, by the nearest frame that tells. The first rule that fits decides. */
const rules: readonly (readonly [string, (frame: Node['callFrame']) => boolean])[] = [
  ['garbage collection', ({ functionName }) => functionName === '(garbage collector)'],
  ['idle', ({ functionName }) => functionName === '(idle)'],
  // Asking for the profile itself.
  ['idle', at(/^node:inspector/)],
  ['parsing', at(/\/graphql\/language\/(parser|lexer|source|ast)/)],
  ['validation', at(/\/graphql\/(validation|utilities\/TypeInfo)/)],
  ['writing the response', at(/\/gateway\/http\/graphql-answer/)],
  [
    'limits',
    at(/\/gateway\/(limits|plugins|rate-limits)\/|\/gateway\/http\/(limit-|take-place|places|slow-bodies)/),
  ],
  [
    'reading the request, log, metrics',
    at(/\/gateway\/(http|operations)\/|\/core\/(http|request-log|telemetry|log\.)/),
  ],
  ['subgraph execution', at(/\/graphql-jit\/dist\/runtime/)],
  [
    'planning and compiling',
    at(/\/gateway\/planner|\/gateway\/executor\/operation|router-query-planner|\/graphql-jit\//),
  ],
  ['planning and compiling', named(/^compile[A-Z]/, /\/gateway\/executor\//)],
  ['projecting', at(/\/gateway\/executor\/compile-projection/)],
  ['merging', at(/\/gateway\/executor\//)],
  ['signing addresses of documents', at(/\/shared\/(grants|documents\/)|\/core\/sealed-bytes/)],
  ['audit', at(/\/audit\/|\/record-access/)],
  ['token', at(/\/core\/identity\/|\/jose\//)],
  ['driver of Postgres', at(/\/legacy\/\w+\/wire\//)],
  ['legacy: reading rows', at(/\/legacy\/|\/core\/(values|resilience)/)],
  ['driver of Postgres', at(/\/pg(-pool|-protocol|-types)?\/|\/core\/internals\/(batch|patient)/)],
  ['own database: TypeORM', at(/\/typeorm\//)],
  [
    'subgraph execution',
    at(/\/subgraphs\/|\/dataloader\/|\/type-graphql\/|\/gateway\/transport\/in-process/),
  ],
  ['serialising', named(/stringify/i, /@apollo\/server|^$/)],
  ['Apollo Server', at(/@apollo\//)],
  ['express', at(/\/(express|router|body-parser|finalhandler|raw-body)\//)],
  ['HTTP and sockets', at(/^node:/)],
  ['native code', ({ functionName }) => functionName === '(program)'],
];

/** Share of the processor by what it was used for, and by function. Unit: microseconds. */
export function attribute({ nodes, samples = [], timeDeltas = [] }: Profile) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(
    nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)),
  );
  const purposes = new Map<string, number>();
  const functions = new Map<string, number>();
  const known = new Map<number, string>();
  const purposeOf = (id: number): string => {
    const cached = known.get(id);
    if (cached !== undefined) return cached;
    const { callFrame } = byId.get(id) as Node;
    const parent = parents.get(id);
    const isNode = /^node:(?!inspector)/.test(callFrame.url);
    // Node's own frames are on the account of whoever called them.
    const found = isNode && parent !== undefined ? undefined : rules.find(([, fits]) => fits(callFrame))?.[0];
    const above = found ?? (parent === undefined ? undefined : purposeOf(parent));
    const purpose =
      above === undefined || above === 'other' ? (isNode ? 'HTTP and sockets' : 'other') : above;
    known.set(id, purpose);
    return purpose;
  };
  samples.forEach((id, index) => {
    const micros = timeDeltas[index] ?? 0;
    add(purposes, purposeOf(id), micros);
    add(functions, nameOf(byId.get(id) as Node), micros);
  });
  purposes.delete('idle');
  for (const name of functions.keys()) if (/^\(idle\)|node:inspector/.test(name)) functions.delete(name);
  return { purposes: sorted(purposes), functions: sorted(functions) };
}

function at(pattern: RegExp) {
  return ({ url }: Node['callFrame']) => pattern.test(url);
}

function named(name: RegExp, url: RegExp) {
  return (frame: Node['callFrame']) => name.test(frame.functionName) && url.test(frame.url);
}

function add(sums: Map<string, number>, key: string, value: number): void {
  sums.set(key, (sums.get(key) ?? 0) + value);
}

function sorted(sums: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...sums].toSorted(([, a], [, b]) => b - a);
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: Node): string {
  const file = url.replace(/^.*\/(node_modules|dist)\//, '');
  return file === '' ? functionName : `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`;
}
