export const practicesCrumb = { label: 'Pratiche', to: '/pratiche' };
export const openingCrumb = { label: 'Apertura pratiche', to: '/pratiche/apertura' };
export const mineCrumb = { label: 'Consultazione pratiche', to: '/pratiche/mie' };
