import { heads } from '../heads.ts';
import { LinkCard, Page } from '../ui/page.tsx';

/** The three ways of paying, as pagoPA's own page has them. */
export function PaymentsPage() {
  return (
    <Page {...heads.payments}>
      <h2 className="visually-hidden">Come vuoi pagare?</h2>
      <div className="portal-cards">
        <LinkCard
          title="Pagamento con avviso"
          text="Utilizza questa modalità se desideri effettuare un pagamento utilizzando l’avviso di pagamento emesso dall’Ente di cui sei in possesso."
          to="/pagamenti/avviso"
          action="Paga con l’avviso"
        />
        <LinkCard
          title="Pagamento spontaneo"
          text="Utilizza questa modalità se desideri effettuare un pagamento spontaneo. Proseguendo troverai l’elenco delle tipologie che l’Ente ti ha reso disponibile per il pagamento online."
          to="/pagamenti/spontaneo"
          action="Scegli la tipologia"
        />
        <LinkCard
          title="Archivio pagamenti"
          text="Utilizza questa sezione se desideri verificare lo stato del pagamento che hai effettuato e scaricare la relativa ricevuta telematica."
          to="/pagamenti/archivio"
          action="Vai all’archivio"
        />
      </div>
    </Page>
  );
}
