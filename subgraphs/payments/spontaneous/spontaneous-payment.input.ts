import { Field, ID, InputType } from 'type-graphql';
import type { SchoolLevel } from '../../../legacy/ports/school-billing.port.ts';
import { EuroCentsScalar } from '../../shared/scalars.ts';
import { SchoolLevelEnum } from '../../shared/school-level.ts';
import { describedInputs } from '../sessions/start-payment.input.ts';

const offered = 'Only where the form of the kind has it.';

@InputType({
  description:
    "The fields of a kind's form; `PaymentKindField.input` says which ones a kind has. Values are strings, so that each gets a message of its own.",
})
export class SpontaneousPaymentInput {
  @Field(() => ID, { description: 'Id of the payment kind.' })
  kindId!: string;

  @Field(() => Boolean, {
    description: "Whether the payer accepted the kind's privacy notice; must be true.",
  })
  privacyAccepted!: boolean;

  @Field(() => String, { description: "The payer's codice fiscale or partita IVA." })
  payerCodice!: string;

  @Field(() => String, { description: "The payer's name. At most 70 characters." })
  payerName!: string;

  @Field(() => String, { description: 'Where pagoPA writes to.' })
  email!: string;

  @Field(() => String, { nullable: true, description: `Codice utente. At most 40 characters. ${offered}` })
  userCode?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Whom it is paid for, the pupil for school meals. At most 70 characters. ${offered}`,
  })
  beneficiaryName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Which period or periods it pays. At most 80 characters. ${offered}`,
  })
  period?: string | null;

  @Field(() => SchoolLevelEnum, { nullable: true, description: `Which school. ${offered}` })
  school?: SchoolLevel | null;

  @Field(() => String, { nullable: true, description: `Anything else. At most 140 characters. ${offered}` })
  notes?: string | null;

  @Field(() => EuroCentsScalar, {
    description:
      'How much: at least 1, at most what the municipality accepts for this kind (AMOUNT_TOO_LARGE says it), never more than 9,999,999,999. Unit: euro cents.',
  })
  amount!: number;

  @Field(() => [ID], {
    nullable: true,
    description:
      "Signed in only: the caller's instalments that this payment settles, which have no notice to pay. Their outstanding amounts add up to `amount`.",
  })
  instalmentIds?: readonly string[] | null;

  @Field(() => String, { description: describedInputs.returnUrl })
  returnUrl!: string;

  @Field(() => String, { description: describedInputs.idempotencyKey })
  idempotencyKey!: string;
}
