import type { Row } from './rows.ts';

/** The eighteen that the guide shows, and others of a town's kind. */
const names = [
  'Diritto fisso Separazione/Divorzi',
  'Dividendi da società partecipate',
  'Donazioni',
  'Ici',
  'Iscriz. corsi/laboratori giovani, adulti ed anziani',
  'Mensa scolastica',
  'Monetizzazione aree a standards',
  'Oneri cimiteriali & Lampade Votive',
  'Oneri Condominiali alloggi popolari',
  'Oneri Condono Edilizio',
  'Rifiuti',
  'Rifiuti - Anni Precedenti',
  'Rimborso danni al patrimonio Comunale',
  'Rimborso utenze (affitti/locazioni/concessioni)',
  'Risarcimenti disposti da provvedimenti giudiziari',
  'Riscatto e/o conguaglio Aree PEEP/PIP',
  'Sanzioni Ambientali',
  'Servizio celebrazione matrimoni civili',
  'Accesso agli atti',
  'Affitti e locazioni',
  'Assicurazione alunni',
  'Bandi e concorsi',
  'Biblioteca',
  "Carta d'identità elettronica",
  'Centri estivi',
  'Certificati anagrafici',
  'Concessione impianti sportivi',
  'Concessione sale comunali',
  'Contributo di costruzione',
  'Depositi cauzionali',
  'Diritti di segreteria',
  'Diritti di segreteria SUAP',
  'Imposta di registro',
  'Imposta di soggiorno',
  'Musei e mostre',
  'Occupazione suolo pubblico',
  'Parcheggi e permessi ZTL',
  'Pre e post scuola',
  'Sanzioni al codice della strada',
  'Servizi sociali domiciliari',
  'Trasporto funebre',
  'Trasporto scolastico',
] as const;

const codeOf = (name: string, index: number) =>
  name === 'Mensa scolastica' ? 'MENSA' : `T${String(index + 1).padStart(3, '0')}`;

export const kindRows: readonly Row[] = names.map((name, index) => ({
  COD_TIPO: codeOf(name, index),
  DESCR: name,
  ATTIVO: -1,
}));

// [PORTAL] facts §3.5: the fields of the portal's form for school meals.
const common = [
  ['CF_PIVA', 'C. Fiscale/P. IVA', 'Del genitore che paga', -1, ''],
  ['RAG_SOC', 'Ragione Sociale', 'Cognome e nome del genitore', -1, ''],
  ['EMAIL', 'E-mail', '', -1, ''],
] as const;
const meals = [
  ['COD_UTENTE', 'Codice utente', 'Da lasciare vuoto', 0, ''],
  ['BENEFICIARIO', 'Cognome e nome beneficiario del servizio', "Dell'alunno", -1, ''],
  ['PERIODO', 'Periodo', 'Uno o più periodi', -1, ''],
  ['STRUTTURA', 'Struttura', '', -1, 'scuola infanzia;scuola primaria'],
  ['ALTRI_DATI', 'Altri dati eventuali', '', 0, ''],
] as const;
const amount = [['IMPORTO', 'Importo', 'La somma delle rate', -1, '']] as const;

export const kindFieldRows: readonly Row[] = names.flatMap((name, index) =>
  [...common, ...(name === 'Mensa scolastica' ? meals : []), ...amount].map(
    ([code, label, help, isRequired, options], position) => ({
      COD_TIPO: codeOf(name, index),
      PROGR: position + 1,
      COD_CAMPO: code,
      ETICH: label,
      AIUTO: help,
      OBBLIGO: isRequired,
      NASCOSTO: code === 'COD_UTENTE' ? -1 : 0,
      OPZIONI: options,
    }),
  ),
);
