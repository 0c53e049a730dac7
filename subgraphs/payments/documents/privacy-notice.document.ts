import type { Block, PdfContent } from '../../../core/pdf/content.ts';
import type { CalendarDate } from '../../../core/values/index.ts';
import type { MunicipalityRecord } from '../../../legacy/ports/anagrafe.port.ts';
import type { PaymentKindRecord } from '../../../legacy/ports/payments.port.ts';
import type { Document } from '../../shared/documents/document.type.ts';
import { type DocumentSource, documentFor } from '../../shared/documents/document-source.ts';
import { letterheadOf } from '../../shared/documents/letterhead.ts';
import { fileToMake, makeDocument } from '../../shared/documents/made-document.ts';
import { municipalityOf } from '../../shared/municipality.loader.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { kindByCode } from '../payment/payment-kind.resolver.ts';
import type { PaymentKind } from '../payment/payment-kind.type.ts';

const file = fileToMake('informativa-privacy.pdf');

/** The address of a kind's privacy notice. Public, as kinds are. */
export function privacyNotice(context: RequestContext, { code }: PaymentKind): Document {
  return documentFor(context, 'payments', 'PrivacyNotice', [code], file);
}

export const privacyNoticeSource: DocumentSource = async (context, parts) => {
  const [kind, municipality] = await Promise.all([
    kindByCode(context).load(parts.join('/')),
    municipalityOf(context),
  ]);
  if (kind === null) return null;
  return makeDocument(context, file.fileName, toContent(kind, municipality, context.today));
};

// The information that article 13 of the GDPR requires, from the data of the kind and the municipality.
function toContent(
  kind: PaymentKindRecord,
  municipality: MunicipalityRecord | null,
  today: CalendarDate,
): PdfContent {
  const title = `Informativa sul trattamento dei dati personali: ${kind.name}`;
  return {
    title,
    author: municipality?.name ?? '',
    date: today,
    blocks: [
      ...letterheadOf(municipality),
      { kind: 'heading', level: 1, text: 'Informativa sul trattamento dei dati personali' },
      { kind: 'text', text: `Pagamento spontaneo: ${kind.name}`, look: 'strong' },
      { kind: 'text', text: 'Ai sensi dell’articolo 13 del regolamento (UE) 2016/679.', look: 'small' },
      ...section(
        'Chi tratta i dati',
        municipality === null
          ? 'Titolare del trattamento è l’ente a cui si paga.'
          : `Titolare del trattamento è ${municipality.name}, codice fiscale ${municipality.codiceFiscale}. I recapiti sono in testa a questo documento.`,
      ),
      ...section('Quali dati', 'Per questo pagamento si chiedono:', asked(kind)),
      { kind: 'text', text: 'Si registrano inoltre data, importo ed esito del pagamento.' },
      ...section(
        'Perché',
        'Per ricevere il pagamento, registrarlo e rilasciarne la prova: è un obbligo di legge e un compito di interesse pubblico dell’ente (articolo 6, paragrafo 1, lettere c ed e). Senza i dati obbligatori il pagamento non si può fare.',
      ),
      ...section('A chi sono comunicati', 'I dati necessari sono comunicati:', [
        'a PagoPA S.p.A., che gestisce la piattaforma dei pagamenti alle pubbliche amministrazioni;',
        'al prestatore di servizi di pagamento scelto da chi paga;',
        'a chi gestisce i sistemi informatici dell’ente, per suo conto.',
      ]),
      ...section(
        'Per quanto tempo',
        'Per il tempo in cui la legge impone di conservare i documenti contabili dell’ente.',
      ),
      ...section(
        'Quali diritti',
        'Chi è interessato può chiedere al titolare l’accesso ai propri dati, la rettifica, e nei casi previsti la cancellazione, la limitazione o l’opposizione (articoli da 15 a 22), e può proporre reclamo al Garante per la protezione dei dati personali.',
      ),
    ],
  };
}

function asked({ fields }: PaymentKindRecord): readonly string[] {
  return fields
    .filter(({ hidden }) => !hidden)
    .map(({ label, required }) => (required ? `${label} (obbligatorio)` : label));
}

function section(heading: string, text: string, items: readonly string[] = []): readonly Block[] {
  return [
    { kind: 'heading', level: 2, text: heading },
    { kind: 'text', text },
    ...(items.length > 0 ? [{ kind: 'list', items } as const] : []),
  ];
}
