/** How the Italian document names a table's rows and columns. */
export interface TableWords {
  readonly title: string;
  /** Why the rows are here and until when, in one sentence. */
  readonly purpose: string;
  /** Columns that a person can read, in this order. The others are technical codes, which only the JSON has. */
  readonly columns: Readonly<Record<string, string>>;
}

const filing = 'Servizi scolastici: si conserva secondo il massimario di scarto del Comune.';
const accounting = 'Pagamenti con pagoPA: se pagato si conserva dieci anni, come scrittura contabile.';
const technical = 'Dato tecnico: si cancella da sé dopo breve tempo.';

/** In the order of the document. A test compares it with the tables of the export and the columns of the database. */
export const subjectWords: Readonly<Record<string, TableWords>> = {
  practice: {
    title: 'Istanze',
    purpose: `${filing} Una bozza mai inviata si cancella dopo un anno.`,
    columns: {
      title: 'Istanza',
      status: 'Stato',
      applicant: 'Richiedente',
      child: 'Minore',
      created_at: 'Iniziata il',
      updated_at: 'Modificata il',
      submitted_at: 'Inviata il',
      answers: 'Risposte',
    },
  },
  practice_event: {
    title: 'Passaggi delle istanze',
    purpose: filing,
    columns: { at: 'Data', status: 'Stato', note: 'Nota' },
  },
  practice_attachment: {
    title: 'Allegati delle istanze',
    purpose: 'Allegati a un’istanza: si cancellano quando l’istanza è protocollata e decisa.',
    columns: {
      file_name: 'Nome del file',
      code: 'Documento richiesto',
      media_type: 'Tipo',
      announced_bytes: 'Dimensione in byte',
      created_at: 'Annunciato il',
      received_at: 'Ricevuto il',
      attached_at: 'Allegato il',
    },
  },
  practice_submission: {
    title: 'Invii al protocollo',
    purpose: filing,
    columns: {
      kind: 'Tipo di invio',
      reference: 'Riferimento',
      filed_at: 'Inviato il',
      as_filed: 'Contenuto inviato',
      entry_number: 'Numero di protocollo',
      entry_year: 'Anno di protocollo',
      entry_registered_at: 'Protocollato il',
      completed_at: 'Completato il',
    },
  },
  practice_integration_request: {
    title: 'Richieste di integrazione',
    purpose: filing,
    columns: {
      requested_at: 'Richiesta il',
      message: 'Messaggio dell’ufficio',
      due_on: 'Entro il',
      attachments: 'Allegati richiesti',
      answered_at: 'Risposta il',
    },
  },
  practice_start_key: {
    title: 'Richieste di inizio di un’istanza',
    purpose: technical,
    columns: { applicant: 'Richiedente' },
  },
  register_sender: {
    title: 'Iscrizione tra i mittenti del protocollo',
    purpose: technical,
    columns: { applicant: 'Mittente', attempted_at: 'Ultima iscrizione' },
  },
  school_share: {
    title: 'Condivisioni dei dati scolastici',
    purpose: 'Su richiesta di chi condivide: si cancella un anno dopo la fine o la revoca.',
    columns: {
      giver: 'Condivide',
      recipient: 'Riceve',
      child_code: 'Minore',
      scopes: 'Dati',
      created_at: 'Dal',
      ends_on: 'Fino al',
      revoked_at: 'Revocata il',
    },
  },
  school_share_key: {
    title: 'Richieste di condivisione',
    purpose: technical,
    columns: { giver: 'Condivide' },
  },
  subject_restriction: {
    title: 'Limitazione del trattamento',
    purpose: 'Regolamento (UE) 2016/679, art. 18: si cancella un anno dopo la fine.',
    columns: { since: 'Dal', reference: 'Riferimento', lifted_at: 'Fino al' },
  },
  payment_session: {
    title: 'Pagamenti avviati',
    purpose: `${accounting} Un tentativo senza pagamento si cancella dopo un anno.`,
    columns: {
      state: 'Stato',
      failure: 'Motivo',
      amount: 'Importo',
      owner: 'Avviato da',
      creditor: 'Ente creditore',
      created_at: 'Avviato il',
      expires_at: 'Valido fino al',
      ended_at: 'Concluso il',
    },
  },
  payment_session_item: {
    title: 'Avvisi nei pagamenti avviati',
    purpose: accounting,
    columns: {
      description: 'Causale',
      numero_avviso: 'Codice avviso',
      amount: 'Importo',
      debtor: 'Debitore',
      creditor: 'Ente creditore',
    },
  },
  payment_activation: {
    title: 'Ultima richiesta di pagoPA per un avviso',
    purpose: technical,
    columns: {
      iuv: 'IUV',
      debtor: 'Debitore',
      activated_at: 'Richiesta il',
      locked_until: 'Bloccato fino al',
    },
  },
  payment_receipt: {
    title: 'Ricevute di pagoPA',
    purpose: accounting,
    columns: {
      paid_at: 'Pagato il',
      description: 'Causale',
      amount: 'Importo',
      numero_avviso: 'Codice avviso',
      receipt_id: 'Identificativo della ricevuta',
      psp_name: 'Prestatore di servizi di pagamento',
      payment_method: 'Metodo',
      debtor: 'Debitore',
      debtor_name: 'Nome del debitore',
      payer: 'Versante',
      payer_name: 'Nome del versante',
      creditor: 'Ente creditore',
      received_at: 'Ricevuta il',
    },
  },
  settlement: {
    title: 'Incassi',
    purpose: accounting,
    columns: {
      paid_on: 'Pagato il',
      amount: 'Importo',
      iuv: 'IUV',
      debtor: 'Debitore',
      source: 'Fonte',
      creditor: 'Ente creditore',
      recorded_at: 'Registrato il',
    },
  },
  settlement_instalment: {
    title: 'Rate pagate con altri avvisi',
    purpose: accounting,
    columns: {
      year: 'Anno del documento',
      number: 'Numero del documento',
      rata: 'Rata',
      amount: 'Importo',
      applicant: 'Richiedente',
    },
  },
  spontaneous_payment: {
    title: 'Pagamenti spontanei',
    purpose: `${accounting} Se mai pagato si cancella dopo un anno.`,
    columns: {
      description: 'Causale',
      kind_name: 'Tipo di pagamento',
      state: 'Stato',
      amount: 'Importo',
      numero_avviso: 'Codice avviso',
      payer: 'Codice del debitore',
      payer_name: 'Nome del debitore',
      email: 'E-mail',
      owner: 'Creato da',
      user_code: 'Codice utente',
      beneficiary_name: 'Beneficiario',
      period: 'Periodo',
      school: 'Scuola',
      notes: 'Note',
      creditor_name: 'Ente creditore',
      due_on: 'Scadenza',
      created_at: 'Creato il',
    },
  },
};

/** Words for values that the database holds as codes. */
export const valueWords: Readonly<Record<string, string>> = {
  DRAFT: 'in compilazione',
  SUBMITTED: 'inviata',
  REGISTERED: 'protocollata',
  INTEGRATION_REQUESTED: 'integrazione richiesta',
  ACCEPTED: 'accolta',
  REJECTED: 'respinta',
  UNKNOWN: 'non noto',
  WITHDRAWN: 'ritirato',
  FILING: 'presentazione',
  INTEGRATION: 'integrazione',
  WITHDRAWAL: 'ritiro',
  STARTED: 'avviato',
  SETTLED: 'pagato',
  FAILED: 'non riuscito',
  EXPIRED: 'scaduto',
  CANCELLED_BY_PAYER: 'annullato da chi paga',
  REFUSED: 'rifiutato',
  AMOUNT_CHANGED: 'importo cambiato',
  OTHER: 'altro',
  RECORDED: 'registrato',
  CREATED: 'creato',
  DROPPED: 'abbandonato',
  RECONCILIATION: 'rendicontazione',
  RECEIPT: 'ricevuta',
  ENROLMENT: 'iscrizione',
  ATTENDANCE: 'presenze',
  BILLING: 'documenti contabili',
  PAYING: 'pagamento',
  DIET: 'dieta',
};
