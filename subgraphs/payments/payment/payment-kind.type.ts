import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { createId } from '../../../core/ids.ts';
import { keepIncomplete } from '../../../core/unreadable.ts';
import type {
  PaymentKindCursor,
  PaymentKindInput,
  PaymentKindRecord,
} from '../../../legacy/ports/payments.port.ts';
import { Connection, type CursorFormat } from '../../shared/connection.ts';
import { describeEnum } from '../../shared/describe-enum.ts';
import { maxLengths } from './field-limits.rules.ts';

export const PaymentFieldKindEnum = describeEnum('PaymentFieldKind', 'Type of a field of a payment form.', {
  TEXT: 'A text on one line.',
  CODE: 'A codice fiscale or partita IVA, with its check character.',
  EMAIL: 'An e-mail address.',
  AMOUNT: 'Integer euro cents.',
  CHOICE: 'One of `options`.',
  CHECKBOX: 'A checkbox.',
});
export type PaymentFieldKind = keyof typeof PaymentFieldKindEnum;

@ObjectType({ simpleResolvers: true, description: 'A field of the form of a kind of payment.' })
export class PaymentKindField {
  @Field(() => ID, { description: 'Unique within the form.' })
  code!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The field of `SpontaneousPaymentInput` that takes the value, such as `beneficiaryName`. Null if there is none: leave the field empty.',
  })
  input!: string | null;

  @Field(() => String, { description: 'In Italian.' })
  label!: string;

  @Field(() => String, { nullable: true, description: 'A hint, in Italian. Null if there is none.' })
  help!: string | null;

  @Field(() => Boolean, { description: 'Whether a value is required.' })
  required!: boolean;

  @Field(() => Boolean, { description: 'Whether the form hides the field.' })
  hidden!: boolean;

  @Field(() => [String], {
    description:
      'CHOICE: the options, in order. An option of `school` has the name of its `SchoolLevel` as one of its words: `scuola infanzia`. Empty for the other kinds.',
  })
  options!: readonly string[];

  @Field(() => PaymentFieldKindEnum, { description: 'Type of the field.' })
  kind!: PaymentFieldKind;

  @Field(() => Int, {
    nullable: true,
    description: 'Longest value. Unit: characters. Null if the field has no limit of its own.',
  })
  maxLength!: number | null;
}

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'A kind of payment that can be started without a notice. Public.',
})
export class PaymentKind {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => String, { description: 'In Italian. Shape: `Mensa scolastica`.' })
  name!: string;

  @Field(() => [PaymentKindField], { description: 'The form of this kind, in order.' })
  fields!: readonly PaymentKindField[];

  readonly code!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A kind of payment and its cursor.' })
export class PaymentKindEdge {
  @Field(() => String, { description: 'Pass it as `after`.' })
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
  // A name may contain a slash, so the code comes first.
  toParts: ({ name, code }) => [code, name],
  toKey: ([code, ...name]) =>
    code === undefined || name.length === 0 ? null : { code, name: name.join('/') },
};

export function toPaymentKind({ code, name, fields }: PaymentKindRecord): PaymentKind {
  return keepIncomplete(fields, {
    id: createId('PaymentKind', code),
    code,
    name,
    fields: fields.map(toField),
  });
}

function toField(field: PaymentKindRecord['fields'][number]): PaymentKindField {
  const kind = fieldKindOf(field);
  return {
    ...field,
    kind,
    maxLength: field.input === null || kind === 'CHOICE' ? null : maxLengths[field.input],
  };
}

const kindOfInput: Partial<Record<PaymentKindInput, PaymentFieldKind>> = {
  payerCodice: 'CODE',
  email: 'EMAIL',
  amount: 'AMOUNT',
  school: 'CHOICE',
};

function fieldKindOf({ input, options }: PaymentKindRecord['fields'][number]): PaymentFieldKind {
  const known = input === null ? undefined : kindOfInput[input];
  return known ?? (options.length > 0 ? 'CHOICE' : 'TEXT');
}
