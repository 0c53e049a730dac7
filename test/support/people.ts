import type { CitizenCaller } from '../../core/identity/caller.ts';
import { type CodiceFiscale, parseCalendarDate, parseCodiceFiscale } from '../../core/values/index.ts';
import type { HiddenFilings, Viewer } from '../../legacy/ports/viewer.ts';

function citizen(id: string, codiceFiscale: string, firstName: string, lastName: string): CitizenCaller {
  return {
    kind: 'citizen',
    id,
    codiceFiscale: parseCodiceFiscale(codiceFiscale),
    firstName,
    lastName,
    birthDate: null,
    email: null,
    phone: null,
    signInMethod: 'SPID',
    level: 2,
  };
}

/** A viewer of school data with whom nothing is shared, and from whom nothing is hidden. */
export function alone(applicant: CodiceFiscale): Viewer {
  return { applicant, shares: [], hidden: [] };
}

export const nothingHidden: HiddenFilings = { children: [], entries: [], shownEntries: [] };

/** People of the demo town, signed in with SPID. */
export const claudia = citizen('citizen-claudia', 'RSSCLD84C52A794Q', 'Claudia', 'Rossi');
export const marco = citizen('citizen-marco', 'BNCMRC82L25L400X', 'Marco', 'Bianchi');
export const giulia = citizen('citizen-giulia', 'FRRGLI88S43F205Z', 'Giulia', 'Ferrari');
export const paolo = citizen('citizen-paolo', 'LCTPLA79T30B731A', 'Paolo', 'Locatelli');

export const birthOfLuca = parseCalendarDate('2014-05-09');
export const birthOfSofia = parseCalendarDate('2021-02-18');
