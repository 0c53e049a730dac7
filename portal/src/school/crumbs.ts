export const schoolCrumb = { label: 'Servizi scolastici', to: '/servizi-scolastici' };
export const recordCrumb = { label: 'Scheda anagrafica', to: '/servizi-scolastici/scheda' };
export const invoicesCrumb = { label: 'Documenti contabili', to: '/servizi-scolastici/documenti' };
