/** One row of a workbook: code, type, group, label; `!` before a label makes it mandatory. */
type Row = readonly [
  code: string,
  type: 'CS' | 'TE' | 'AN' | 'DA',
  group: string,
  label: string,
  linked?: string,
];

const applicant: readonly Row[] = [
  ['RICH_COGNOME', 'TE', 'Richiedente', '!Cognome del genitore'],
  ['RICH_NOME', 'TE', 'Richiedente', '!Nome del genitore'],
  ['RICH_CF', 'TE', 'Richiedente', '!Codice fiscale del genitore'],
  ['RICH_NASCITA', 'DA', 'Richiedente', 'Data di nascita del genitore'],
  ['RICH_IND', 'TE', 'Richiedente', 'Indirizzo di residenza'],
  ['RICH_CIVICO', 'TE', 'Richiedente', 'Numero civico'],
  ['RICH_CAP', 'TE', 'Richiedente', 'CAP'],
  ['RICH_COMUNE', 'TE', 'Richiedente', 'Comune di residenza'],
  ['RICH_EMAIL', 'TE', 'Richiedente', '!E-mail per le comunicazioni'],
  ['RICH_TEL', 'TE', 'Richiedente', 'Telefono'],
];
const child: readonly Row[] = [
  ['ALUN_COGNOME', 'TE', 'Alunno', "!Cognome dell'alunno"],
  ['ALUN_NOME', 'TE', 'Alunno', "!Nome dell'alunno"],
  ['ALUN_CF', 'TE', 'Alunno', "!Codice fiscale dell'alunno"],
  ['ALUN_NASCITA', 'DA', 'Alunno', "Data di nascita dell'alunno"],
];
const payment: readonly Row[] = [
  [
    'NOTA_PAGAMENTO',
    'AN',
    'Pagamento',
    '<p>Scegliere <b>una sola</b> modalità. Con l’addebito diretto (SDD) le rette sono addebitate alla scadenza.</p>',
  ],
  ['PAG_PAGOPA', 'CS', 'Pagamento', 'Pago con avviso pagoPA'],
  ['PAG_SDD', 'CS', 'Pagamento', 'Pago con addebito diretto SDD'],
  ['IBAN', 'TE', 'Pagamento', "!IBAN del conto per l'addebito", 'PAG_SDD'],
];
const privacy: readonly Row[] = [
  ['RIGO', 'AN', 'Informativa', '<hr>'],
  [
    'NOTA_PRIVACY',
    'AN',
    'Informativa',
    '<p>I dati sono trattati dal Comune per il solo servizio richiesto (Reg. UE 2016/679, art. 13).</p>',
  ],
  ['PRIVACY', 'CS', 'Informativa', "!Ho letto l'informativa sul trattamento dei dati"],
];

/** The fields of the guide's five procedures, by the name of their workbook. */
export const workbooks: Readonly<
  Record<string, { readonly classification: number; readonly rows: readonly Row[] }>
> = {
  iscrizione: {
    classification: 101,
    rows: [
      ...applicant,
      ...child,
      ['SCUOLA', 'TE', 'Scuola', '!Scuola frequentata'],
      ['CLASSE', 'TE', 'Scuola', '!Classe e sezione'],
      ['GIORNO_1', 'CS', 'Giorni di mensa', 'Lunedì'],
      ['GIORNO_2', 'CS', 'Giorni di mensa', 'Martedì'],
      ['GIORNO_3', 'CS', 'Giorni di mensa', 'Mercoledì'],
      ['GIORNO_4', 'CS', 'Giorni di mensa', 'Giovedì'],
      ['GIORNO_5', 'CS', 'Giorni di mensa', 'Venerdì'],
      ['DATA_INIZIO', 'DA', 'Giorni di mensa', 'Dal giorno'],
      ...payment,
      ['DIETA', 'CS', 'Dieta', 'Richiedo una dieta speciale'],
      ['DIETA_QUALE', 'TE', 'Dieta', '!Quale dieta', 'DIETA'],
      ...privacy,
    ],
  },
  certificazione: {
    classification: 102,
    rows: [...applicant, ...child, ['ANNO', 'TE', 'Richiesta', '!Anno di imposta'], ...privacy],
  },
  dieta: {
    classification: 103,
    rows: [
      ...applicant,
      ...child,
      ['DIETA_QUALE', 'TE', 'Dieta', '!Quale dieta'],
      ['DIETA_DAL', 'DA', 'Dieta', '!Dal giorno'],
      ...privacy,
    ],
  },
  residenza: {
    classification: 104,
    rows: [
      ...applicant,
      ...child,
      ['NUOVO_IND', 'TE', 'Nuova residenza', '!Indirizzo'],
      ['NUOVO_CIVICO', 'TE', 'Nuova residenza', 'Numero civico'],
      ['NUOVO_CAP', 'TE', 'Nuova residenza', 'CAP'],
      ['NUOVO_COMUNE', 'TE', 'Nuova residenza', '!Comune'],
      ['DATA_CAMBIO', 'DA', 'Nuova residenza', '!Dal giorno'],
      ...privacy,
    ],
  },
  pagamento: { classification: 105, rows: [...applicant, ...child, ...payment, ...privacy] },
};

/** The rows of a sheet "Dati Specifici", its head first. Source: [CLIENT] facts §4. */
export function sheetOf(name: string): readonly (readonly (string | number)[])[] {
  const { classification = 0, rows = [] } = workbooks[name] ?? {};
  const head = [
    ...['CLASSIFICAZIONE', 'ORDINE', 'CODICE', 'DESCRIZIONE', 'CATEGORIA', 'OBBLIGO', 'TIPOLOGIA', 'DATI'],
    ...['ANNOTAZIONI', 'MODULO_HYPERSIC', 'CAMPO_COLLEGATO'],
  ];
  return [
    head,
    ...rows.map(([code, type, group, label, linked = ''], index) => {
      const isMandatory = label.startsWith('!');
      const text = isMandatory ? label.slice(1) : label;
      return [classification, index * 100, code, text, group, isMandatory ? -1 : 0, type, '', '', '', linked];
    }),
  ];
}
