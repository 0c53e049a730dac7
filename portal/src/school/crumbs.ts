export const schoolCrumb = { label: 'Servizi scolastici', to: '/servizi-scolastici' };
export const invoicesCrumb = { label: 'Documenti contabili', to: '/servizi-scolastici/documenti' };
