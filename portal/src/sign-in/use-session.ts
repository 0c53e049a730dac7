import { useSyncExternalStore } from 'react';
import { currentSession, onSessionChange, type Session } from './session.ts';

export interface SignedIn extends Session {
  readonly name: string;
  readonly isBusiness: boolean;
}

export function useSession(): SignedIn {
  const session = useSyncExternalStore(onSessionChange, currentSession);
  const profile = session.user?.profile;
  const company = profile?.['https://attributes.eid.gov.it/company_name'];
  const name = typeof company === 'string' ? company : [profile?.given_name, profile?.family_name].join(' ');
  return { ...session, name: name.trim(), isBusiness: profile?.sign_in_method === 'VAT_PASSWORD' };
}
