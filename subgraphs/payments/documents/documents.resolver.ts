import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CalendarDate } from '../../../core/values/index.ts';
import { Document } from '../../shared/documents/document.type.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { DateScalar } from '../../shared/scalars.ts';
import { Debt } from '../debt/debt.type.ts';
import { Receipt } from '../debt/receipt.type.ts';
import { PayingCitizen } from '../debt/stubs.ts';
import { toRange } from '../payment/payment.type.ts';
import { PaymentKind } from '../payment/payment-kind.type.ts';
import { debtNotice } from './notice.document.ts';
import { privacyNotice } from './privacy-notice.document.ts';
import { receiptDocument } from './receipt.document.ts';
import { statementDocument } from './statement.document.ts';

@Resolver(() => Debt)
export class DebtNoticeResolver {
  @FieldResolver(() => Document, {
    nullable: true,
    description:
      '*Avviso di pagamento*: the notice to print and pay at a counter, as a PDF that is drawn when it is downloaded. Null unless the debt is PAYABLE, since a counter would refuse it.',
  })
  notice(@Root() debt: Debt, @Ctx() context: RequestContext): Document | null {
    return debtNotice(context, debt);
  }
}

@Resolver(() => Receipt)
export class ReceiptDocumentResolver {
  @FieldResolver(() => Document, {
    nullable: true,
    description:
      'The receipt as a PDF that is drawn when it is downloaded. It names debtor and payer only if the caller is one of them; for anyone else holding the notice it names nobody.',
  })
  document(@Root() receipt: Receipt, @Ctx() context: RequestContext): Document | null {
    return receiptDocument(context, receipt);
  }
}

@Resolver(() => PaymentKind)
export class PrivacyNoticeResolver {
  @FieldResolver(() => Document, {
    nullable: true,
    description: '*Informativa privacy* of this kind, as a PDF that is drawn when it is downloaded.',
  })
  privacyNotice(@Root() kind: PaymentKind, @Ctx() context: RequestContext): Document {
    return privacyNotice(context, kind);
  }
}

const day = (which: string) => ({ description: `${which}, a day of Europe/Rome.` });

@Resolver(() => PayingCitizen)
export class StatementResolver {
  @FieldResolver(() => Document, {
    nullable: true,
    description:
      '*Estratto conto*: payments by or for the caller, as a PDF that is drawn when it is downloaded. Errors: BAD_USER_INPUT if the first day is after the last.',
  })
  paymentStatementPdf(
    @Arg('paidFrom', () => DateScalar, day('First day')) paidFrom: CalendarDate,
    @Arg('paidTo', () => DateScalar, day('Last day')) paidTo: CalendarDate,
    @Ctx() context: RequestContext,
  ): Document {
    toRange({ paidFrom, paidTo });
    return statementDocument(context, { from: paidFrom, to: paidTo });
  }
}
