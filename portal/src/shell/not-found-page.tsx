import { Link } from 'react-router';
import { Page } from '../ui/page.tsx';

export function NotFoundPage() {
  return (
    <Page title="Pagina non trovata" lead="L’indirizzo non corrisponde a nessuna pagina dei servizi online.">
      <p>Controlla di averlo scritto correttamente, oppure riparti da una di queste pagine:</p>
      <ul>
        <li>
          <Link to="/">Tutti i servizi</Link>
        </li>
        <li>
          <Link to="/pratiche">Pratiche</Link>
        </li>
        <li>
          <Link to="/servizi-scolastici">Servizi scolastici</Link>
        </li>
        <li>
          <Link to="/pagamenti">Pagamenti online</Link>
        </li>
      </ul>
    </Page>
  );
}
