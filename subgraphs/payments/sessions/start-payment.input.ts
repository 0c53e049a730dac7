import { Field, ID, InputType } from 'type-graphql';
import { describeKey } from '../../shared/idempotency-key.ts';

const returnUrl =
  'Where pagoPA sends the payer back to, of an origin that the municipality allows. `session` is added to it, the id for `paymentSession`, and `outcome`: `ok`, `cancel` or `error`, which proves nothing.';
const idempotencyKey = describeKey('payment', 'a repeated call comes to the same session');
const email = 'E-mail address to which pagoPA writes. Null: pagoPA writes to nobody.';

@InputType({ description: 'The debts to pay.' })
export class StartPaymentInput {
  @Field(() => [ID], { description: "1 to 5 of the caller's own debts, all to one creditor." })
  debtIds!: readonly string[];

  @Field(() => String, { nullable: true, description: email })
  email?: string | null;

  @Field(() => String, { description: returnUrl })
  returnUrl!: string;

  @Field(() => String, { description: idempotencyKey })
  idempotencyKey!: string;
}

@InputType({ description: 'The notice to pay, for any debtor.' })
export class PayNoticeInput {
  @Field(() => String, { description: 'As printed on the notice: 18 digits; blanks are accepted.' })
  numeroAvviso!: string;

  @Field(() => String, { description: "The creditor's codice fiscale, as printed on the notice." })
  creditor!: string;

  @Field(() => String, { nullable: true, description: email })
  email?: string | null;

  @Field(() => String, { description: returnUrl })
  returnUrl!: string;

  @Field(() => String, { description: idempotencyKey })
  idempotencyKey!: string;
}

export const describedInputs = { returnUrl, idempotencyKey } as const;
