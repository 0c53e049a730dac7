import { ArgsType, Directive, Field, Int, InterfaceType, ObjectType } from 'type-graphql';
import { createId, parseId } from '../../core/ids.ts';
import { keepIncomplete } from '../../core/unreadable.ts';
import { InvalidValue } from '../../core/values/index.ts';
import type { Page, PageRequest } from '../../legacy/ports/page.ts';

@Directive('@shareable')
@ObjectType({
  simpleResolvers: true,
  description:
    'Position of a page in its list. Forward paging only: `hasPreviousPage` says whether `after` was given and skipped something.',
})
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follows after `endCursor`.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether `after` was given and skipped something.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row. Null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last row; pass it as `after`. Null on an empty page.',
  })
  endCursor!: string | null;
}

@InterfaceType({ description: 'One page of a list in a fixed order.', autoRegisterImplementations: false })
export abstract class Connection {
  @Field(() => Int, { description: 'Number of rows on all pages.' })
  totalCount!: number;

  @Field(() => PageInfo, { description: 'Position of this page.' })
  pageInfo!: PageInfo;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: 'Largest number of rows. 1 to 100.' })
  first!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The `endCursor` of the page before; leave it out for the first page.',
  })
  after?: string | null;
}

/** How the place of a row in its list is written down. */
export interface CursorFormat<Key> {
  /** The list's own name, so that a cursor of another list is recognised. */
  readonly name: string;
  readonly toParts: (key: Key) => readonly (string | number)[];
  /** Null when the parts are none of this list's. */
  readonly toKey: (parts: readonly string[]) => Key | null;
}

/** Errors: InvalidValue when `first` is not 1 to 100 or `after` is no cursor of this list. */
export function toPageRequest<Key>({ first, after }: PageArgs, format: CursorFormat<Key>): PageRequest<Key> {
  if (first < 1 || first > 100) throw new InvalidValue('`first` is a number from 1 to 100.');
  if (after === undefined || after === null) return { first, after: null };
  const parts = parseId(format.name, after);
  const key = parts === null ? null : format.toKey(parts);
  if (key === null) throw new InvalidValue('`after` is an endCursor of the same list.');
  return { first, after: key };
}

/** A port's page in the shape of the graph. */
export function toConnection<Row, Node, Key>(
  page: Page<Row, Key>,
  format: CursorFormat<Key>,
  toCursorKey: (row: Row) => Key,
  toNode: (row: Row) => Node,
): { totalCount: number; pageInfo: PageInfo; edges: { cursor: string; node: Node }[] } {
  const edges = page.rows.map((row) => new Edge(format, toCursorKey(row), toNode(row)));
  const end = page.end === undefined ? null : createId(format.name, ...format.toParts(page.end));
  return keepIncomplete(page, {
    totalCount: page.totalCount,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: end ?? edges.at(-1)?.cursor ?? null,
    },
    edges,
  });
}

class Edge<Node, Key> {
  constructor(
    private readonly format: CursorFormat<Key>,
    private readonly key: Key,
    readonly node: Node,
  ) {}

  // A getter: most clients ask for the page's end only.
  get cursor(): string {
    return createId(this.format.name, ...this.format.toParts(this.key));
  }
}
