import { type ASTNode, GraphQLError, Kind } from 'graphql';

/** The place of a value within an operation. */
export interface Place {
  /** The argument that the value belongs to; null for the default value of a variable. */
  readonly argument: string | null;
  /** The path below the argument. Shape: `['answers', 3, 'code']`. */
  readonly path: readonly (string | number)[];
}

type Path = readonly (string | number)[];
type Ancestors = readonly (ASTNode | readonly ASTNode[])[];

/** The place of a node, from the arguments of graphql-js's `visit`: `ancestors` leave the parent out. */
export function placeOf(path: Path, ancestors: Ancestors, parent: Ancestors[number] | undefined): Place {
  const containers = parent === undefined ? ancestors : [...ancestors, parent];
  let argument: string | null = null;
  let inside: (string | number)[] = [];
  for (const [at, container] of containers.entries()) {
    const key = path[at];
    if (key === undefined) continue;
    const node = (container as unknown as Record<string | number, ASTNode>)[key];
    if (node?.kind === Kind.ARGUMENT) {
      argument = node.name.value;
      inside = [];
    } else if (node?.kind === Kind.OBJECT_FIELD) inside.push(node.name.value);
    else if (typeof key === 'number' && isListValue(containers[at - 1])) inside.push(key);
  }
  return { argument, path: inside };
}

function isListValue(node: Ancestors[number] | undefined): boolean {
  return node !== undefined && 'kind' in node && node.kind === Kind.LIST;
}

/**
 * An input value that is not acceptable. Its sentence names the argument and never the value.
 *
 * Shape: `Argument "input" at "answers[3].code": A text was expected.`
 */
export function inputError(
  sentence: string,
  { argument, path }: Place,
  nodes: readonly ASTNode[],
): GraphQLError {
  const at = path.length === 0 ? '' : ` at "${pathText(path)}"`;
  const start = argument === null ? '' : `Argument "${argument}"${at}: `;
  return new GraphQLError(`${start}${sentence}`, {
    nodes,
    extensions: { code: 'BAD_USER_INPUT', ...(argument === null ? {} : { argument }) },
  });
}

function pathText(path: Path): string {
  return path.map((key, at) => (typeof key === 'number' ? `[${key}]` : at === 0 ? key : `.${key}`)).join('');
}
