import { createPdf } from '../../core/pdf.ts';
import { type Bill, italianEuros } from './billing.ts';
import { bodyName } from './people.ts';

/** The invoice as the town's back office prints it. The same invoice gives the same bytes. */
export function invoicePdf(bill: Bill, title: string): Promise<Buffer> {
  const { pupil } = bill;
  return createPdf({ author: bodyName, title, date: bill.issuedOn }, (page) => {
    page.heading('Comune di Calvenzano');
    page.text('Servizio Istruzione, mensa scolastica');
    page.heading(`Fattura ${bill.year}/${bill.number}`);
    page.text(`Data: ${italianDate(bill.issuedOn)}`);
    page.text(`Intestatario: ${pupil.applicant.lastName} ${pupil.applicant.firstName}`);
    page.text(`Codice fiscale: ${pupil.applicant.codiceFiscale}`);
    page.text(`Alunno: ${pupil.child.lastName} ${pupil.child.firstName}`);
    page.text(
      `Periodo: dal ${bill.from.slice(4)}/${bill.from.slice(0, 4)} al ${bill.to.slice(4)}/${bill.to.slice(0, 4)}`,
    );
    page.heading('Dettaglio');
    for (const { text, quantity, price } of bill.lines) {
      page.text(`${text}: ${quantity} x ${italianEuros(price)} = ${italianEuros(quantity * price)} €`);
    }
    page.text(`Importo fattura: ${italianEuros(bill.total)} €`);
    page.heading('Rate');
    for (const rata of bill.rate) {
      page.text(`Rata ${rata.number}: ${italianEuros(rata.amount)} €, scadenza ${italianDate(rata.dueOn)}`);
    }
  });
}

export function italianDate(date: string): string {
  return date.split('-').reverse().join('/');
}
