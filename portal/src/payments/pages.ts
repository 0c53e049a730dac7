export { OutcomePage } from './outcome-page.tsx';
