export interface InvoiceRow {
  readonly ANNO_FATT: number;
  readonly NUM_FATT: number;
  readonly DATA_FATT: string;
  readonly COD_ALUN: string;
  readonly PER_DA: string;
  readonly PER_A: string;
  readonly BANCA_APP: string;
  readonly COGNOME: string;
  readonly NOME: string;
  readonly COD_FISC: string;
  readonly TOT_RATE: string | null;
  readonly TOT_PAGATO: string | null;
}

export interface InstalmentRow {
  readonly ANNO_FATT: number;
  readonly NUM_FATT: number;
  readonly NUM_RATA: number;
  readonly COD_ALUN: string;
  readonly DATA_FATT: string;
  readonly IMPORTO: string;
  readonly PAGATO: string;
  readonly DATA_SCAD: string | null;
  readonly MESSA_RUOLO: number;
  readonly COD_IUV: string;
  readonly CONDIZIONE: string;
}

export interface LineRow {
  readonly ANNO_FATT: number;
  readonly NUM_FATT: number;
  readonly DESCR: string;
  readonly QTA: number;
  readonly PREZZO: string;
  readonly IMPORTO: string;
}

export interface AttachmentRow {
  readonly ANNO_FATT: number;
  readonly NUM_FATT: number;
  readonly PROGR: number;
  readonly COD_ALUN: string;
  readonly TIPOLOGIA: string;
  readonly DESCR: string;
  readonly ID_FILE: number | null;
  readonly NOME_FILE: string | null;
  readonly TIPO_MIME: string | null;
  readonly DIM_BYTE: number | null;
  readonly HASH_SHA256: string | null;
}
