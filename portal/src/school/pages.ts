export { AccessLogPage } from './access-log-page.tsx';
export { InvoicePage } from './invoice-page.tsx';
export { InvoicesPage } from './invoices-page.tsx';
export { SchoolPaymentPage } from './school-payment-page.tsx';
export { SchoolRecordPage } from './school-record-page.tsx';
export { SchoolServicesPage } from './school-services-page.tsx';
export { SharingPage } from './sharing-page.tsx';
