import { formatItalianDate } from '../../core/values/index.ts';
import { type Bill, italianEuros } from './billing.ts';
import { townPdf } from './town-pdf.ts';

/** The invoice as the town's back office prints it. The same invoice gives the same bytes. */
export function invoicePdf(bill: Bill, title: string): Promise<Buffer> {
  const { pupil } = bill;
  const month = (yearMonth: string) => `${yearMonth.slice(4)}/${yearMonth.slice(0, 4)}`;
  return townPdf(title, bill.issuedOn, [
    { kind: 'heading', level: 1, text: `Fattura ${bill.year}/${bill.number}` },
    {
      kind: 'facts',
      facts: [
        { label: 'Data', value: formatItalianDate(bill.issuedOn) },
        { label: 'Intestatario', value: `${pupil.applicant.lastName} ${pupil.applicant.firstName}` },
        { label: 'Codice fiscale', value: pupil.applicant.codiceFiscale },
        { label: 'Alunno', value: `${pupil.child.lastName} ${pupil.child.firstName}` },
        { label: 'Periodo', value: `dal ${month(bill.from)} al ${month(bill.to)}` },
        { label: 'Importo fattura', value: `${italianEuros(bill.total)} €` },
      ],
    },
    { kind: 'heading', level: 2, text: 'Dettaglio' },
    {
      kind: 'table',
      head: ['Servizio', 'Quantità', 'Prezzo', 'Importo'],
      rows: bill.lines.map(({ text, quantity, price }) => [
        text,
        String(quantity),
        `${italianEuros(price)} €`,
        `${italianEuros(quantity * price)} €`,
      ]),
      rightAligned: [1, 2, 3],
    },
    { kind: 'heading', level: 2, text: 'Rate' },
    {
      kind: 'table',
      head: ['Rata', 'Importo', 'Scadenza'],
      rows: bill.rate.map(({ number, amount, dueOn }) => [
        String(number),
        `${italianEuros(amount)} €`,
        formatItalianDate(dueOn),
      ]),
      rightAligned: [1],
    },
  ]);
}
