// How long PDFs take, as who waits for one meets it: asked of the thread and back, one after the other, and ten at
// once; and how long the event loop was held meanwhile. `npm run bench:pdf`.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { renderPdf } from '../../dist/core/pdf/render-pdf.js';
import { noticeContent } from '../../dist/subgraphs/payments/documents/notice.content.js';
import { renderSummary } from '../../dist/subgraphs/practices/documents/summary.document.js';

const creditor = '00300120169';
const body = { name: 'Comune di Calvenzano', province: 'BG', codiceFiscale: creditor, offices: [] };
const residence = {
  street: 'Via Roma',
  houseNumber: '12',
  postalCode: '24040',
  town: 'Calvenzano',
  province: 'BG',
};
const notice = noticeContent({
  ...{ numeroAvviso: '301000000000004285', creditor, creditorName: body.name, body },
  ...{
    debtor: 'RSSCLD84C52A794Q',
    debtorName: 'Claudia Rossi',
    debtorAddress: residence,
    childName: 'Luca Bianchi',
  },
  ...{
    subject: 'Mensa scolastica fattura 2026/731 rata 1',
    amount: 10142,
    dueOn: '2026-11-15',
    printedOn: '2026-10-15',
  },
  terms: { cbillCode: 'DEMO0', postal: { account: '000016302093', authorisation: 'AUT. DI PROVA' } },
});
const applicant = {
  ...{
    kind: 'CITIZEN',
    codiceFiscale: 'RSSCLD84C52A794Q',
    firstName: 'Claudia',
    lastName: 'Rossi',
    name: null,
  },
  ...{ email: null, signInMethod: 'SPID', level: 2 },
};
const asFiled = {
  ...{
    kind: 'FILING',
    practiceId: '1',
    reference: '7F3KQ2M9XA4T',
    templateId: 'ISCR',
    procedureCode: 'ISCR',
  },
  ...{
    revision: '1',
    title: 'Modello Iscrizione Mensa',
    schoolYear: '2026/2027',
    filedAt: '2026-10-15T07:00:00.000Z',
  },
  ...{ applicant, child: null, attachments: [], reason: null, previousEntry: null },
  answers: Array.from({ length: 60 }, (_, n) => ({
    ...{ code: `C${n}`, label: `Domanda numero ${n}`, group: `Gruppo ${n >> 3}`, kind: 'TEXT' },
    ...{ value: 'Una risposta di lunghezza media', certified: n % 3 === 0 },
  })),
};

let count = 0;
// Each another content, or it would not be drawn again.
const kinds = {
  'notice with both codes': () => renderPdf({ ...notice, footer: `Avviso ${++count}` }),
  'summary of 60 answers': () =>
    renderSummary({ ...asFiled, reference: `R${++count}` }, body, 'ab'.repeat(32)),
};

for (const [name, make] of Object.entries(kinds)) {
  const cold = await timed(make);
  await Promise.all(Array.from({ length: 20 }, make));
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const times = [];
  for (let run = 0; run < 100; run++) times.push((await timed(make)).ms);
  const atOnce = await timed(() => Promise.all(Array.from({ length: 10 }, make)));
  loop.disable();
  times.sort((a, b) => a - b);
  console.log(
    `${name}: median ${ms(times[50])}, p95 ${ms(times[95])}, first ${ms(cold.ms)}, ten at once ${ms(atOnce.ms)}, ` +
      `${(cold.result.length / 1000).toFixed(1)} kB, event loop held p99 ${ms(loop.percentile(99) / 1e6)}`,
  );
}
console.log(`resident ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);

async function timed(work) {
  const from = performance.now();
  const result = await work();
  return { result, ms: performance.now() - from };
}

function ms(value) {
  return `${value.toFixed(1)} ms`;
}
