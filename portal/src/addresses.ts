/** Every page of the portal. A server that delivers it answers 404 for any other address. */
export const addresses = {
  home: '/',
  businesses: '/imprese',
  otherBodies: '/altri-enti',
  signedIn: '/accesso',
  schoolServices: '/servizi-scolastici',
  schoolRecord: '/servizi-scolastici/scheda',
  invoices: '/servizi-scolastici/documenti',
  invoice: '/servizi-scolastici/documenti/:invoiceId',
  schoolPayment: '/servizi-scolastici/pagamento',
  paymentOutcome: '/pagamenti/esito',
  privacy: '/privacy',
  accessibility: '/accessibilita',
} as const;
