import type {
  StoredField,
  StoredOffice,
  StoredRequiredAttachment,
} from '../../subgraphs/practices/template.entity.ts';

export const office: StoredOffice = {
  name: 'Servizio Istruzione',
  phone: '0363/860734-33',
  email: 'segreteria@comunecalvenzano.net',
};

type Kind = StoredField['kind'];

function field(
  code: string,
  kind: Kind,
  group: string,
  label: string,
  more: Partial<StoredField> = {},
): StoredField {
  return {
    code,
    kind,
    label,
    group,
    noteHtml: null,
    required: false,
    maxLength: kind === 'TEXT' ? 200 : null,
    defaultValue: null,
    linkedFieldCode: null,
    ...more,
  };
}

const required = { required: true } as const;

const applicant = [
  field('RICH_COGNOME', 'TEXT', 'Richiedente', 'Cognome del genitore', required),
  field('RICH_NOME', 'TEXT', 'Richiedente', 'Nome del genitore', required),
  field('RICH_CF', 'TEXT', 'Richiedente', 'Codice fiscale del genitore', { ...required, maxLength: 16 }),
  field('RICH_TEL', 'TEXT', 'Richiedente', 'Telefono', { maxLength: 30 }),
];
const child = [
  field('ALUN_COGNOME', 'TEXT', 'Alunno', "Cognome dell'alunno", required),
  field('ALUN_NOME', 'TEXT', 'Alunno', "Nome dell'alunno", required),
  field('ALUN_CF', 'TEXT', 'Alunno', "Codice fiscale dell'alunno", { ...required, maxLength: 16 }),
];
const privacy = [
  field('NOTA_PRIVACY', 'NOTE', 'Informativa', 'Trattamento dei dati personali', {
    noteHtml: '<p>I dati sono trattati dal Comune per il solo servizio richiesto (Reg. UE 2016/679).</p>',
  }),
  field('PRIVACY', 'CHECKBOX', 'Informativa', "Ho letto l'informativa sul trattamento dei dati", required),
];
const payment = [
  field('PAG_PAGOPA', 'CHECKBOX', 'Pagamento', 'Pago con avviso pagoPA'),
  field('PAG_SDD', 'CHECKBOX', 'Pagamento', 'Pago con addebito diretto SDD'),
  field('IBAN', 'TEXT', 'Pagamento', 'IBAN per addebito', {
    ...required,
    maxLength: 34,
    linkedFieldCode: 'PAG_SDD',
  }),
];

const pdf: Omit<StoredRequiredAttachment, 'code' | 'label' | 'required'> = {
  mediaTypes: ['application/pdf', 'image/jpeg', 'image/png'],
  maxBytes: 5 * 1024 * 1024,
};

/** What each of the guide's procedures asks. */
export const forms: Readonly<
  Record<
    string,
    { readonly fields: readonly StoredField[]; readonly attachments: readonly StoredRequiredAttachment[] }
  >
> = {
  ISCR: {
    fields: [
      ...applicant,
      ...child,
      field('SCUOLA', 'TEXT', 'Scuola', 'Scuola frequentata', required),
      field('CLASSE', 'TEXT', 'Scuola', 'Classe e sezione', { ...required, maxLength: 10 }),
      ...['Lunedì', 'Martedì', 'Mercoledì', 'Giovedì', 'Venerdì'].map((day, index) =>
        field(`GIORNO_${index + 1}`, 'CHECKBOX', 'Giorni di mensa', day),
      ),
      field('DATA_INIZIO', 'DATE', 'Giorni di mensa', 'Dal giorno'),
      ...payment,
      field('DIETA', 'CHECKBOX', 'Dieta', 'Richiedo una dieta speciale'),
      field('DIETA_QUALE', 'TEXT', 'Dieta', 'Quale dieta', { ...required, linkedFieldCode: 'DIETA' }),
      ...privacy,
    ],
    attachments: [{ code: 'CERT_MEDICO', label: 'Certificato medico per la dieta', required: false, ...pdf }],
  },
  CERT: {
    fields: [
      ...applicant,
      ...child,
      field('ANNO', 'TEXT', 'Richiesta', 'Anno di imposta', { ...required, maxLength: 4 }),
      ...privacy,
    ],
    attachments: [],
  },
  DIETA: {
    fields: [
      ...applicant,
      ...child,
      field('DIETA_QUALE', 'TEXT', 'Dieta', 'Quale dieta', required),
      field('DIETA_DAL', 'DATE', 'Dieta', 'Dal giorno', required),
      ...privacy,
    ],
    attachments: [{ code: 'CERT_MEDICO', label: 'Certificato medico', required: true, ...pdf }],
  },
  RESID: {
    fields: [
      ...applicant,
      ...child,
      field('NUOVO_IND', 'TEXT', 'Nuova residenza', 'Indirizzo', required),
      field('NUOVO_COMUNE', 'TEXT', 'Nuova residenza', 'Comune', required),
      field('DATA_CAMBIO', 'DATE', 'Nuova residenza', 'Dal giorno', required),
      ...privacy,
    ],
    attachments: [],
  },
  MODPAG: { fields: [...applicant, ...child, ...payment, ...privacy], attachments: [] },
};
