import { useEffect, useState } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { config } from '../config.ts';
import { signIn, signOut } from '../sign-in/session.ts';
import { useSession } from '../sign-in/use-session.ts';
import { Icon } from '../ui/icon.tsx';

const menu = [
  { to: '/', label: 'Servizi' },
  { to: '/pratiche', label: 'Pratiche' },
  { to: '/servizi-scolastici', label: 'Servizi scolastici' },
  { to: '/pagamenti', label: 'Pagamenti online' },
] as const;

export function Header() {
  const [isOpen, setOpen] = useState(false);
  const { pathname } = useLocation();
  const { user } = useSession();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when its page opens
  useEffect(() => setOpen(false), [pathname]);
  return (
    <header className="portal-header">
      <div className="portal-slim">
        <div className="container">
          <span>{config.townTagline}</span>
          <Access />
        </div>
      </div>
      <div className="portal-brand">
        <div className="container">
          <Link to="/" className="portal-brand-link">
            <Icon name="pa" className="icon-white portal-crest" />
            <span>
              <span className="portal-brand-name">{config.townName}</span>
              <span className="portal-brand-tagline">Servizi online</span>
            </span>
          </Link>
          <button
            type="button"
            className="portal-menu-button"
            aria-expanded={isOpen}
            aria-controls="portal-menu"
            onClick={() => setOpen(!isOpen)}
          >
            <Icon name={isOpen ? 'close' : 'burger'} className="icon-white" />
            <span>Menu</span>
          </button>
        </div>
      </div>
      <nav id="portal-menu" className={isOpen ? 'portal-nav open' : 'portal-nav'} aria-label="Principale">
        <div className="container">
          <ul>
            {menu.map(({ to, label }) => (
              <li key={to}>
                <NavLink to={to} end={to === '/'}>
                  {label}
                </NavLink>
              </li>
            ))}
            {user === null ? null : (
              <li>
                <NavLink to="/area-personale">Area personale</NavLink>
              </li>
            )}
          </ul>
        </div>
      </nav>
    </header>
  );
}

function Access() {
  const { user, name } = useSession();
  const { pathname, search } = useLocation();
  if (user === null)
    return (
      <button
        type="button"
        className="portal-access"
        onClick={() =>
          void signIn(`${pathname}${search}`).catch(() => location.assign('/accesso?error=unreachable'))
        }
      >
        <Icon name="user" className="icon-white icon-sm" />
        <span>Accedi all’area personale</span>
      </button>
    );
  return (
    <div className="portal-access-user">
      <Link to="/area-personale">
        <Icon name="user" className="icon-white icon-sm" />
        <span>{name}</span>
      </Link>
      <button type="button" className="portal-access" onClick={() => void signOut()}>
        <Icon name="logout" className="icon-white icon-sm" />
        <span>Esci</span>
      </button>
    </div>
  );
}
