import { config } from '../config.ts';
import { heads } from '../heads.ts';
import { Page } from '../ui/page.tsx';

export function PrivacyPage() {
  return (
    <Page {...heads.privacy}>
      <h2>Titolare del trattamento</h2>
      <p>
        Il titolare del trattamento è il {config.townName}. I contatti dell’ufficio e del responsabile della
        protezione dei dati si trovano in fondo alla pagina.
      </p>
      <h2>Quali dati, e perché</h2>
      <p>
        Trattiamo i dati della tua identità digitale, quelli anagrafici tuoi e dei figli, le domande che
        presenti, i documenti contabili e i pagamenti, soltanto per erogare i servizi scolastici richiesti e
        per gli obblighi di legge che ne derivano (articolo 6, paragrafo 1, lettere c ed e). I dati sulla
        salute, come una dieta speciale, sono trattati soltanto se li comunichi per ottenere il servizio
        (articolo 9, paragrafo 2, lettera g).
      </p>
      <h2>Chi li vede</h2>
      <p>
        I dati scolastici di un bambino sono visibili a chi ha presentato la domanda, agli uffici del Comune e
        ai fornitori nominati responsabili del trattamento. I pagamenti passano attraverso pagoPA. I dati non
        sono diffusi né trasferiti fuori dall’Unione europea.
      </p>
      <h2>Per quanto tempo</h2>
      <p>
        Le domande e i documenti contabili sono conservati per il tempo previsto dal piano di conservazione
        del Comune. Le bozze che non invii possono essere eliminate da te in ogni momento.
      </p>
      <h2>Cookie</h2>
      <p>
        Questo sito usa soltanto strumenti tecnici: i dati dell’accesso restano nel browser finché la scheda è
        aperta. Non ci sono cookie di profilazione né di terze parti.
      </p>
      <h2>I tuoi diritti</h2>
      <p>
        Puoi chiedere al Comune l’accesso ai tuoi dati, la rettifica, la limitazione o la cancellazione nei
        casi previsti (articoli da 15 a 22), e presentare reclamo al Garante per la protezione dei dati
        personali.
      </p>
    </Page>
  );
}

export function AccessibilityPage() {
  return (
    <Page
      {...heads.accessibility}
      lead={`Il ${config.townName} si impegna a rendere i propri servizi online accessibili, secondo la legge 9 gennaio 2004, n. 4.`}
    >
      <h2>Stato di conformità</h2>
      <p>
        Questo sito è progettato per essere conforme ai requisiti della norma UNI CEI EN 301549 e delle WCAG
        2.1, livello AA. Ogni versione è controllata con strumenti automatici su ogni pagina, a 360 e a 1280
        pixel di larghezza, e con la sola tastiera.
      </p>
      <h2>Contenuti non accessibili</h2>
      <p>
        Alcuni documenti allegati dal sistema gestionale, come le fatture degli anni passati, sono file PDF
        che possono non essere del tutto accessibili. I documenti che questo sito produce sono PDF con
        struttura.
      </p>
      <h2>Segnalazioni</h2>
      <p>
        Se incontri una difficoltà scrivi all’ufficio indicato in fondo alla pagina: rispondiamo entro 30
        giorni. Se la risposta non è soddisfacente puoi rivolgerti al difensore civico per il digitale presso
        l’Agenzia per l’Italia digitale (AgID).
      </p>
      <h2>Informazioni sul sito</h2>
      <p>
        Il software è a codice aperto (licenza EUPL 1.2) e usa i componenti di Bootstrap Italia. Questa
        dichiarazione segue il modello di AgID; il Comune che usa il portale la completa e la pubblica sul
        sito di AgID.
      </p>
    </Page>
  );
}
