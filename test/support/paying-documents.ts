/** What the tests of paying ask. */
export const sessionFields =
  'id status checkoutUrl amount createdAt expiresAt endedAt failure items { numeroAvviso description amount status lockedUntil receipt { id amount payerName } }';
const problem = '... on Problem { code message }';
const invalid = '... on PaymentRequestInvalid { problems { path code message } }';
const unavailable = '... on PaymentUnavailable { retryAt }';

export const startPayment = `mutation ($input: StartPaymentInput!) { startPayment(input: $input) { __typename ${problem}
  ... on PaymentStarted { session { ${sessionFields} } debts { id status lockedUntil paymentSession { id } } }
  ... on NotPayable { debtIds lockedUntil own: session { id checkoutUrl } } ${invalid} ${unavailable} } }`;

export const payNotice = `mutation ($input: PayNoticeInput!) { payNotice(input: $input) { __typename ${problem}
  ... on NoticePaymentStarted { session { ${sessionFields} } }
  ... on NoticeNotPayable { notice { numeroAvviso status creditorName } lockedUntil } ${invalid} ${unavailable} } }`;

export const createSpontaneousPayment = `mutation ($input: SpontaneousPaymentInput!) {
  createSpontaneousPayment(input: $input) { __typename ${problem}
  ... on SpontaneousPaymentStarted { numeroAvviso session { ${sessionFields} } } ${invalid} ${unavailable} } }`;

export const cancelPaymentSession = `mutation ($input: CancelPaymentSessionInput!) {
  cancelPaymentSession(input: $input) { __typename ${problem}
  ... on PaymentSessionCancelled { session { ${sessionFields} } } ... on PaymentUnderWay { lockedUntil } } }`;

export const paymentSession = `query ($id: ID!) { paymentSession(id: $id) { ${sessionFields} } }`;

export const debtsOf = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen {
  debts { id iuv numeroAvviso amount status lockedUntil paymentSession { id } description receipt { id amount payerName } instalment { id } }
  payments(first: 50) { totalCount edges { node { id amount description numeroAvviso } } } } } }`;
