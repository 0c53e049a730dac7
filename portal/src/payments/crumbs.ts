export const paymentsCrumb = { label: 'Pagamenti online', to: '/pagamenti' };
export const kindsCrumb = { label: 'Pagamento spontaneo', to: '/pagamenti/spontaneo' };
