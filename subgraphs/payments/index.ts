import { createSubgraph, type Subgraph } from '../skeleton/create-subgraph.ts';
import { ifVisibleChild } from '../skeleton/family.ts';
import { paymentsAccess } from './access.ts';
import {
  DebtResolver,
  findDebt,
  PayingBusinessResolver,
  PayingChildResolver,
  PayingCitizenResolver,
} from './debt.resolver.ts';
import {
  DebtNoticeResolver,
  PrivacyNoticeResolver,
  ReceiptDocumentResolver,
  StatementResolver,
} from './documents/documents.resolver.ts';
import { debtNoticeSource, spontaneousNoticeSource } from './documents/notice.document.ts';
import { privacyNoticeSource } from './documents/privacy-notice.document.ts';
import { noticeReceiptSource, ownReceiptSource } from './documents/receipt.document.ts';
import { statementSource } from './documents/statement.document.ts';
import { PayableInstalmentResolver } from './instalment.resolver.ts';
import { CreatePayments1764100000000 } from './migrations/create-payments-1764100000000.ts';
import { NoticeResolver } from './notice.resolver.ts';
import { BusinessPaymentsResolver, CitizenPaymentsResolver } from './payment.resolver.ts';
import { findPaymentKind, PaymentKindResolver } from './payment-kind.resolver.ts';
import { askReceipts } from './receipts/ask-receipts.job.ts';
import { readSession } from './sessions/session.loader.ts';
import { SessionResolver } from './sessions/session.resolver.ts';
import { SpontaneousPaymentResolver } from './spontaneous/spontaneous-payment.resolver.ts';
import { PayableInstalment, PayingBusiness, PayingChild, PayingCitizen } from './stubs.ts';

export const paymentsMigrations = [CreatePayments1764100000000];
export const paymentsJobs = [askReceipts];

/** What is owed and what was paid, for the debtor; notices for who holds them; kinds of payment for everybody. */
export function createPaymentsSubgraph(): Promise<Subgraph> {
  return createSubgraph({
    name: 'payments',
    resolvers: [
      DebtResolver,
      PayingChildResolver,
      PayingCitizenResolver,
      PayingBusinessResolver,
      PayableInstalmentResolver,
      PaymentKindResolver,
      NoticeResolver,
      SessionResolver,
      SpontaneousPaymentResolver,
      CitizenPaymentsResolver,
      BusinessPaymentsResolver,
      DebtNoticeResolver,
      ReceiptDocumentResolver,
      PrivacyNoticeResolver,
      StatementResolver,
    ],
    orphanedTypes: [PayingChild, PayingCitizen, PayingBusiness, PayableInstalment],
    access: paymentsAccess,
    references: {
      Child: ({ id }, scope) => ifVisibleChild(scope, id),
      Citizen: ({ id }, { caller }) => (caller.kind === 'citizen' && caller.id === id ? { id } : null),
      Business: ({ id }, { caller }) => (caller.kind === 'business' && caller.id === id ? { id } : null),
      Debt: ({ id }, scope) => findDebt(scope, id),
      // Its fields are the caller's own debts only: an instalment of another has none.
      Instalment: ({ id }) => ({ id }),
      PaymentSession: ({ id }, scope) => readSession(scope, id),
      PaymentKind: ({ id }, scope) => findPaymentKind(scope, id),
    },
    documents: {
      DebtNotice: debtNoticeSource,
      SpontaneousNotice: spontaneousNoticeSource,
      Receipt: ownReceiptSource,
      NoticeReceipt: noticeReceiptSource,
      PaymentStatement: statementSource,
      PrivacyNotice: privacyNoticeSource,
    },
  });
}
