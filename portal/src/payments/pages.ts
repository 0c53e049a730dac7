export { ArchivePage } from './archive-page.tsx';
export { KindPage } from './kind-page.tsx';
export { KindsPage } from './kinds-page.tsx';
export { NoticePage } from './notice-page.tsx';
export { OutcomePage } from './outcome-page.tsx';
export { PaymentsPage } from './payments-page.tsx';
