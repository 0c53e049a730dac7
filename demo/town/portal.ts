import type { Row } from './rows.ts';

// The cards of the portal's home page, with the texts of the guide.
const cards = [
  ['PRENOT', 'Prenotazioni', 'Prenotazioni Sportello Virtuale', 'https://servizi.example.it/prenotazioni'],
  ['PRATICHE', 'Pratiche', 'Compilazione modelli online o download moduli da inviare anche via mail', ''],
  [
    'ANAGRAF',
    'Servizi anagrafici',
    'Consultazione dati personali, autocertificazioni, richieste di residenza, ...',
    'https://servizi.example.it/anagrafe',
  ],
  [
    'TRASPAR',
    'Trasparenza',
    'Albo pretorio, atti di concessione, Bandi, ...',
    'https://servizi.example.it/trasparenza',
  ],
  ['SCUOLA', 'Servizi scolastici', 'Consultazione fatture, pagamenti, controllo presenze/assenze', ''],
  ['PAGAM', 'Pagamenti online', "Pagamenti online messi a disposizione dell'ente", ''],
] as const;

const services = [
  [
    'PRATICHE',
    'APERT',
    'Apertura pratiche',
    "Strumenti per la presentazione o l'integrazione di una pratica in modalità telematica",
  ],
  ['PRATICHE', 'CONSPRAT', 'Consultazione pratiche', 'Consultazione delle proprie pratiche'],
  [
    'PRATICHE',
    'CONSPROT',
    'Consultazione protocolli',
    'Consultazione dello stato avanzamento dei protocolli collegati alle istanze online',
  ],
  [
    'SCUOLA',
    'SCHEDA',
    'Scheda anagrafica',
    "Consultazione della scheda anagrafica e dell'iscrizione scolastica",
  ],
  ['SCUOLA', 'DOCCONT', 'Documenti contabili', 'Consultazione dei documenti contabili emessi'],
  [
    'SCUOLA',
    'PAGSCUOL',
    'Pagamento servizi scolastici',
    'Pagamenti online dei propri documenti contabili dei servizi scolastici con il sistema di PagoPA',
  ],
] as const;

/** Citizens, businesses and other bodies; only citizens have school services. */
const audiences = ['C', 'I', 'A'] as const;
const isShown = (area: string, audience: string) => audience === 'C' || area !== 'SCUOLA';

export const areaRows: readonly Row[] = audiences.flatMap((audience) =>
  cards
    .filter(([code]) => isShown(code, audience))
    .map(([code, title, text, url], index) => ({
      COD_AREA: code,
      UTENZA: audience,
      ORDINE: index + 1,
      TITOLO: title,
      DESCR: text,
      URL: url,
    })),
);

export const entryRows: readonly Row[] = audiences.flatMap((audience) =>
  services
    .filter(([area]) => isShown(area, audience))
    .map(([area, code, title, text], index) => ({
      COD_AREA: area,
      UTENZA: audience,
      COD_VOCE: code,
      ORDINE: index + 1,
      TITOLO: title,
      DESCR: text,
      RICH_LOGIN: -1,
      URL: `https://servizi.example.it/${code.toLowerCase()}`,
    })),
);

export const categoryRows: readonly Row[] = [
  {
    COD_CAT: 'SCUO',
    UTENZA: 'C',
    TITOLO: 'SERVIZI SCOLASTICI',
    AVVISO: 'La domanda va presentata dal genitore a cui saranno intestate le fatture.',
  },
];

/** The five procedures of the guide. Templates name them by these codes. */
export const procedures = [
  { code: 'ISCR', title: 'Iscrizione Servizi Scolastici' },
  { code: 'CERT', title: 'Richiesta di certificazione spese per mensa scolastica e servizi integrativi' },
  { code: 'DIETA', title: 'Richiesta dieta speciale' },
  { code: 'RESID', title: 'Servizio mensa scolastica - comunicazione cambio residenza' },
  { code: 'MODPAG', title: 'Servizio mensa scolastica - variazione modalità di pagamento' },
] as const;

export const procedureRows: readonly Row[] = procedures.map(({ code, title }, index) => ({
  COD_PROC: code,
  COD_CAT: 'SCUO',
  ORDINE: index + 1,
  TITOLO: title,
}));
