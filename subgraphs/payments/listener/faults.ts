import type { NodeFault } from './listener-handlers.ts';

/** Fault codes for pagoPA's node. Source: facts of pagoPA §2.5. */
export const faults = {
  PAA_ID_DOMINIO_ERRATO: "Il codice fiscale dell'ente non è quello di questa stazione.",
  PAA_ID_INTERMEDIARIO_ERRATO: "L'identificativo dell'intermediario non è quello di questa stazione.",
  PAA_STAZIONE_INT_ERRATA: "L'identificativo della stazione non è quello di questa stazione.",
  PAA_SINTASSI_XSD: 'La richiesta non rispetta lo schema.',
  PAA_SEMANTICA: 'La richiesta si contraddice.',
  PAA_SYSTEM_ERROR: 'La richiesta non può essere trattata in questo momento.',
  PAA_PAGAMENTO_SCONOSCIUTO: "L'avviso non è conosciuto.",
  PAA_PAGAMENTO_DUPLICATO: "L'avviso è già stato pagato.",
  PAA_PAGAMENTO_SCADUTO: "L'avviso è scaduto.",
  PAA_PAGAMENTO_ANNULLATO: "L'avviso è stato annullato.",
  PAA_ATTIVA_RPT_IMPORTO_NON_VALIDO: "L'importo non è quello dell'avviso.",
  PAA_RECEIPT_DUPLICATA: 'La ricevuta è già stata ricevuta.',
} as const;

export type FaultCode = keyof typeof faults;

/** A request that gets a fault as its response. */
export class NodeRefusal extends Error {
  override readonly name = 'NodeRefusal';

  constructor(
    readonly code: FaultCode,
    /** The expected input, for the node's operators; it repeats no value from the request. */
    readonly expected: string = faults[code],
    options?: { readonly cause?: unknown },
  ) {
    super(`${code}: ${expected}`, options);
  }
}

export const faultOfState = {
  WRONG_CREDITOR: 'PAA_ID_DOMINIO_ERRATO',
  UNKNOWN: 'PAA_PAGAMENTO_SCONOSCIUTO',
  PAID: 'PAA_PAGAMENTO_DUPLICATO',
  EXPIRED: 'PAA_PAGAMENTO_SCADUTO',
  CANCELLED: 'PAA_PAGAMENTO_ANNULLATO',
  AMOUNT_DIFFERS: 'PAA_ATTIVA_RPT_IMPORTO_NON_VALIDO',
} as const satisfies Readonly<Record<NodeFault, FaultCode>>;
