import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { createId } from '../../../core/ids.ts';
import type { PaymentKindCursor, PaymentKindRecord } from '../../../legacy/ports/payments.port.ts';
import { Connection, type CursorFormat } from '../../shared/connection.ts';

@ObjectType({ simpleResolvers: true, description: 'A field of the form of a kind of payment.' })
export class PaymentKindField {
  @Field(() => ID, { description: 'Unique within the form.' })
  code!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The field of `SpontaneousPaymentInput` that takes it: `beneficiaryName`. Null when none does: it is left empty.',
  })
  input!: string | null;

  @Field(() => String, { description: 'In Italian.' })
  label!: string;

  @Field(() => String, { nullable: true, description: 'A hint, in Italian. Null for none.' })
  help!: string | null;

  @Field(() => Boolean, { description: 'Whether it must be filled in.' })
  required!: boolean;

  @Field(() => Boolean, { description: 'Whether the form does not show it.' })
  hidden!: boolean;

  @Field(() => [String], { description: 'What may be chosen. Empty for free text.' })
  options!: readonly string[];
}

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'A kind of payment that can be started without a notice. Public.',
})
export class PaymentKind {
  @Field(() => ID, { description: 'Opaque, the same for ever.' })
  id!: string;

  @Field(() => String, { description: 'In Italian. Shape: `Mensa scolastica`.' })
  name!: string;

  @Field(() => [PaymentKindField], { description: 'The form of this kind, in order.' })
  fields!: readonly PaymentKindField[];

  readonly code!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A kind of payment and its place in the list.' })
export class PaymentKindEdge {
  @Field(() => String, { description: 'To be given as `after`.' })
  cursor!: string;

  @Field(() => PaymentKind, { description: 'The kind of payment.' })
  node!: PaymentKind;
}

@ObjectType({ implements: Connection, simpleResolvers: true, description: 'Kinds of payment, by name.' })
export class PaymentKindConnection extends Connection {
  @Field(() => [PaymentKindEdge], { description: 'This page.' })
  edges!: PaymentKindEdge[];
}

export const paymentKindCursor: CursorFormat<PaymentKindCursor> = {
  name: 'PaymentKindCursor',
  // A name may hold a slash, so the code comes first.
  toParts: ({ name, code }) => [code, name],
  toKey: ([code, ...name]) =>
    code === undefined || name.length === 0 ? null : { code, name: name.join('/') },
};

export function toPaymentKind({ code, name, fields }: PaymentKindRecord): PaymentKind {
  return { id: createId('PaymentKind', code), code, name, fields };
}
