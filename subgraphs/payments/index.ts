import { isIdOf } from '../../core/identity/person-id.ts';
import { ifVisibleChild } from '../shared/family.ts';
import {
  createSubgraph,
  type Subgraph,
  type SubgraphDefinition,
} from '../shared/subgraph/create-subgraph.ts';
import { paymentsAccess } from './access.ts';
import {
  DebtResolver,
  findDebt,
  PayingBusinessResolver,
  PayingChildResolver,
  PayingCitizenResolver,
} from './debt/debt.resolver.ts';
import { PayableInstalment, PayingBusiness, PayingChild, PayingCitizen } from './debt/stubs.ts';
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
import { AnnounceSessions1796000003000 } from './migrations/announce-sessions-1796000003000.ts';
import { CreatePayments1764100000000 } from './migrations/create-payments-1764100000000.ts';
import { LockByActivation1795752000000 } from './migrations/lock-by-activation-1795752000000.ts';
import { WithdrawSpontaneous1795755600000 } from './migrations/withdraw-spontaneous-1795755600000.ts';
import { NoticeResolver } from './notice/notice.resolver.ts';
import { PayableInstalmentResolver } from './payment/instalment.resolver.ts';
import { BusinessPaymentsResolver, CitizenPaymentsResolver } from './payment/payment.resolver.ts';
import { findPaymentKind, PaymentKindResolver } from './payment/payment-kind.resolver.ts';
import { askReceipts } from './receipts/ask-receipts.job.ts';
import { DebtSessionResolver } from './sessions/debt-session.resolver.ts';
import { readSession } from './sessions/session.loader.ts';
import { SessionResolver } from './sessions/session.resolver.ts';
import { SpontaneousPaymentResolver } from './spontaneous/spontaneous-payment.resolver.ts';
import { watchSpontaneous } from './spontaneous/watch-spontaneous.job.ts';

export const paymentsMigrations = [
  CreatePayments1764100000000,
  LockByActivation1795752000000,
  WithdrawSpontaneous1795755600000,
  AnnounceSessions1796000003000,
];
export const paymentsJobs = [askReceipts, watchSpontaneous];

/**
 * Debts and payments for their debtors, notices for anyone holding their number, and kinds of payment for
 * everybody.
 */
export const paymentsDefinition: SubgraphDefinition = {
  name: 'payments',
  resolvers: [
    DebtResolver,
    DebtSessionResolver,
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
    Child: ({ id }, context) => ifVisibleChild(context, id),
    Citizen: ({ id }, { caller }) => (caller.kind === 'citizen' && isIdOf(caller, id) ? { id } : null),
    Business: ({ id }, { caller }) => (caller.kind === 'business' && isIdOf(caller, id) ? { id } : null),
    Debt: ({ id }, context) => findDebt(context, id),
    // These fields hold only the caller's own debts: for another person's instalment they are empty.
    Instalment: ({ id }) => ({ id }),
    PaymentSession: ({ id }, context) => readSession(context, id),
    PaymentKind: ({ id }, context) => findPaymentKind(context, id),
  },
  documents: {
    DebtNotice: debtNoticeSource,
    SpontaneousNotice: spontaneousNoticeSource,
    Receipt: ownReceiptSource,
    NoticeReceipt: noticeReceiptSource,
    PaymentStatement: statementSource,
    PrivacyNotice: privacyNoticeSource,
  },
};

export function createPaymentsSubgraph(): Promise<Subgraph> {
  return createSubgraph(paymentsDefinition);
}
