import { Link } from 'react-router';
import { PortalMunicipality } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { config } from '../config.ts';
import { changeLanguage, language } from '../language.ts';
import { Icon } from '../ui/icon.tsx';

const otherLanguage = language === 'en' ? 'it' : 'en';

/** Asked for once: the footer stays when pages change. */
export function Footer() {
  const { data } = usePageQuery(PortalMunicipality, {});
  const town = data?.municipality;
  return (
    <footer className="portal-footer">
      <div className="container">
        <div className="portal-footer-columns">
          <section>
            <h2>{town?.name ?? config.townName}</h2>
            {town === undefined || town === null ? null : <p>Codice fiscale: {town.codiceFiscale}</p>}
          </section>
          {town?.offices.map((office) => (
            <section key={office.name}>
              <h2>{office.name}</h2>
              {office.phone === null ? null : (
                <p>
                  <Icon name="telephone" className="icon-white icon-sm" /> Telefono: {office.phone}
                </p>
              )}
              {office.email === null ? null : (
                <p>
                  <Icon name="mail" className="icon-white icon-sm" />{' '}
                  <a href={`mailto:${office.email}`}>{office.email}</a>
                </p>
              )}
            </section>
          ))}
        </div>
        <ul className="portal-footer-links">
          <li>
            <Link to="/privacy">Informativa privacy</Link>
          </li>
          <li>
            <Link to="/accessibilita">Dichiarazione di accessibilità</Link>
          </li>
          <li>
            <button
              type="button"
              className="portal-footer-button"
              lang={otherLanguage}
              onClick={() => changeLanguage(otherLanguage)}
            >
              {otherLanguage === 'en' ? 'Error messages in English' : 'Messaggi di errore in italiano'}
            </button>
          </li>
        </ul>
      </div>
    </footer>
  );
}
