import { escapeHtml } from '../../core/http/escape-html.ts';
import type { Cart } from './ledger.ts';

/** The visible data of a cart, without any name. */
export interface CartPage {
  readonly cart: Cart;
  readonly problem: string | null;
}

/** The payer's page. Works without scripts and with a keyboard. */
export function checkoutPage({ cart, problem }: CartPage): string {
  const total = cart.notices.reduce((sum, { amount }) => sum + amount, 0);
  const rows = cart.notices.map(
    ({ description, companyName, noticeNumber, amount }) => `<tr>
<td>${escapeHtml(description)}<br><small>${escapeHtml(companyName)}, avviso ${inFours(noticeNumber)}</small></td>
<td class="amount">${euros(amount)}</td></tr>`,
  );
  return page(
    'Pagamento dimostrativo',
    `<p>Questa pagina sostituisce pagoPA Checkout: nessun pagamento è vero.</p>
${problem === null ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}
<table><caption>Avvisi da pagare</caption>
<thead><tr><th scope="col">Avviso</th><th scope="col" class="amount">Importo</th></tr></thead>
<tbody>${rows.join('')}</tbody>
<tfoot><tr><th scope="row">Totale</th><td class="amount">${euros(total)}</td></tr></tfoot></table>
${cart.state === 'open' || cart.state === 'refused' ? form : `<p>${closed[cart.state]}</p>`}`,
  );
}

const form = `<form method="post">
<fieldset><legend>Chi paga (facoltativo)</legend>
<label for="payerName">Nome e cognome</label><input id="payerName" name="payerName" autocomplete="name">
<label for="payerCode">Codice fiscale</label><input id="payerCode" name="payerCode" maxlength="16" autocapitalize="characters">
</fieldset>
<p class="actions">
<button name="action" value="pay">Paga</button>
<button name="action" value="refuse" class="other">Prova con una carta che viene rifiutata</button>
<button name="action" value="cancel" class="other">Annulla e torna al Comune</button>
<button name="action" value="leave" class="other">Inizia e chiudi il browser</button>
</p></form>`;

const closed = {
  paying: 'Il pagamento è in corso.',
  paid: 'Questo carrello è stato pagato.',
  cancelled: 'Questo carrello è stato annullato.',
} as const;

export function messagePage(title: string, text: string): string {
  return page(title, `<p role="status">${escapeHtml(text)}</p>`);
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="it">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
body{font:1.05rem/1.5 system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#17324d}
table{border-collapse:collapse;width:100%;margin:1rem 0} caption{text-align:left;font-weight:600}
th,td{text-align:left;padding:.5rem;border-bottom:1px solid #5c6f82;vertical-align:top} .amount{text-align:right;white-space:nowrap}
fieldset{border:1px solid #5c6f82;border-radius:4px;padding:1rem} label{display:block;margin:.6rem 0 .2rem}
input{font:inherit;padding:.4rem;width:100%;box-sizing:border-box}
button{font:inherit;background:#06c;color:#fff;border:2px solid #06c;border-radius:4px;padding:.6rem 1.2rem;margin:.3rem .3rem .3rem 0}
button.other{background:#fff;color:#0059b3} button:focus-visible,input:focus-visible{outline:3px solid #f90;outline-offset:2px}
[role=alert]{background:#fdecec;border-left:4px solid #cc334d;padding:.6rem 1rem}
</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
}

const inFours = (digits: string) => digits.replace(/(\d{4})(?=\d)/g, '$1 ');

function euros(cents: number): string {
  return `${new Intl.NumberFormat('it-IT', { minimumFractionDigits: 2, useGrouping: true }).format(cents / 100)} €`;
}
