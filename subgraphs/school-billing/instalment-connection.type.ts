import { Field, ObjectType } from 'type-graphql';
import { type CalendarDate, isCalendarDate } from '../../core/values/index.ts';
import type { Page } from '../../legacy/ports/page.ts';
import type { InstalmentCursor, InstalmentRecord } from '../../legacy/ports/school-billing.port.ts';
import { toInstalmentKey } from '../shared/billing-ids.ts';
import { Connection, type CursorFormat, toConnection } from '../shared/connection.ts';
import { Instalment, toInstalment } from './instalment.type.ts';

@ObjectType({ simpleResolvers: true, description: 'One instalment of a page.' })
export class InstalmentEdge {
  @Field(() => String, { description: 'Cursor of this row; pass it as `after`.' })
  cursor!: string;

  @Field(() => Instalment, { description: 'The instalment.' })
  node!: Instalment;
}

@ObjectType({
  simpleResolvers: true,
  implements: Connection,
  description: 'A page of instalments: newest invoice first, then by ascending rata.',
})
export class InstalmentConnection extends Connection {
  @Field(() => [InstalmentEdge], { description: 'The instalments of this page.' })
  edges!: InstalmentEdge[];
}

export const instalmentCursor: CursorFormat<InstalmentCursor> = {
  name: 'InstalmentCursor',
  toParts: ({ issuedOn, key }) => [issuedOn, key.year, key.number, key.rata],
  toKey: ([issuedOn = '', ...rest]) => {
    const key = toInstalmentKey(rest);
    return isCalendarDate(issuedOn) && key !== null ? { issuedOn, key } : null;
  },
};

export function toInstalmentConnection(
  page: Page<InstalmentRecord & { readonly issuedOn: CalendarDate }, InstalmentCursor>,
): InstalmentConnection {
  return toConnection(
    page,
    instalmentCursor,
    (row) => row,
    (row) => toInstalment(row),
  );
}
