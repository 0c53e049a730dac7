import { addresses } from './addresses.ts';
import { kindsCrumb, paymentsCrumb } from './payments/crumbs.ts';
import { mineCrumb, openingCrumb, practicesCrumb } from './practices/crumbs.ts';
import { invoicesCrumb, recordCrumb, schoolCrumb } from './school/crumbs.ts';

export interface Crumb {
  readonly label: string;
  readonly to: string;
}

/** The top of a page, as far as it is known before anything is loaded: the first frame shows it. */
export interface Head {
  /** Null where it comes with the data. */
  readonly title: string | null;
  readonly crumbs?: readonly Crumb[];
  readonly lead?: string;
}

const homeLead =
  'Presenta una pratica, consulta i documenti dei servizi scolastici e paga online con pagoPA.';
const inPractices = [practicesCrumb];
const inOpening = [practicesCrumb, openingCrumb];
const inMine = [practicesCrumb, mineCrumb];
const inRecord = [schoolCrumb, recordCrumb];

export const heads = {
  home: { title: 'Servizi online per i cittadini', lead: homeLead },
  businesses: { title: 'Servizi online per le imprese', lead: homeLead },
  otherBodies: { title: 'Servizi online per gli altri enti', lead: homeLead },
  practices: { title: 'Pratiche' },
  opening: {
    title: 'Apertura pratiche',
    crumbs: inPractices,
    lead: 'Scegli la categoria della pratica da presentare.',
  },
  category: {
    title: null,
    crumbs: inOpening,
    lead: 'Scegli il procedimento e il modello, leggi la scheda informativa e avvia la pratica.',
  },
  template: { title: null, crumbs: inOpening },
  start: { title: 'Avvia pratica', crumbs: inOpening },
  form: { title: null, crumbs: inMine },
  mine: {
    title: 'Consultazione pratiche',
    crumbs: inPractices,
    lead: 'Le tue pratiche, dalla più recente.',
  },
  protocolli: {
    title: 'Consultazione protocolli',
    crumbs: inPractices,
    lead: 'Stato di avanzamento dei protocolli collegati alle tue domande.',
  },
  practice: { title: null, crumbs: inMine },
  confirmation: { title: 'Domanda inviata', crumbs: inMine },
  integration: { title: 'Rispondi all’ufficio', crumbs: inMine },
  schoolServices: { title: 'Servizi scolastici' },
  schoolRecord: {
    title: 'Scheda anagrafica',
    crumbs: [schoolCrumb],
    lead: 'I tuoi dati, quelli dei figli e le iscrizioni ai servizi scolastici.',
  },
  sharing: { title: 'Condivisione dei dati scolastici', crumbs: inRecord },
  accessLog: { title: 'Chi ha visto i dati', crumbs: inRecord },
  invoices: {
    title: 'Documenti contabili',
    crumbs: [schoolCrumb],
    lead: 'Storico dei documenti contabili emessi.',
  },
  invoice: { title: null, crumbs: [schoolCrumb, invoicesCrumb] },
  schoolPayment: {
    title: 'Pagamento servizi scolastici',
    crumbs: [schoolCrumb],
    lead: 'Paga online i tuoi documenti contabili con pagoPA, oppure stampa l’avviso e paga in banca o in tabaccheria.',
  },
  payments: { title: 'Pagamenti online', lead: 'Pagamenti alla Pubblica Amministrazione con pagoPA.' },
  paymentNotice: {
    title: 'Pagamento con avviso',
    crumbs: [paymentsCrumb],
    lead: 'Paga un avviso di cui sei in possesso. Non serve l’accesso.',
  },
  paymentKinds: {
    title: 'Pagamento spontaneo',
    crumbs: [paymentsCrumb],
    lead: 'Scegli la tipologia di pagamento.',
  },
  paymentKind: { title: null, crumbs: [paymentsCrumb, kindsCrumb] },
  paymentArchive: {
    title: 'Archivio pagamenti',
    crumbs: [paymentsCrumb],
    lead: 'Verifica lo stato dei pagamenti e scarica le ricevute telematiche.',
  },
  paymentOutcome: { title: 'Esito del pagamento', crumbs: [paymentsCrumb] },
  personalArea: { title: 'Area personale' },
  privacy: {
    title: 'Informativa privacy',
    lead: 'Informativa sul trattamento dei dati personali, articoli 13 e 14 del Regolamento (UE) 2016/679.',
  },
  accessibility: { title: 'Dichiarazione di accessibilità' },
} as const satisfies Partial<Record<keyof typeof addresses, Head>>;

/** Of the page at this path; null where there is no page, or nothing of it is known. */
export function headAt(path: string): Head | null {
  const found = Object.entries(addresses).filter(([, address]) =>
    new RegExp(`^${address.replace(/:\w+/g, '[^/]+')}/?$`).test(path),
  );
  // `/pratiche/mie` is no practice.
  const [name] = found.find(([, address]) => !address.includes(':')) ?? found[0] ?? [];
  return (heads as Partial<Record<string, Head>>)[name ?? ''] ?? null;
}
