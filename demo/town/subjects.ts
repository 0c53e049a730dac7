import {
  amina,
  claudia,
  creditorCode,
  type DemoPerson,
  giulia,
  luca,
  marco,
  paolo,
  sofia,
  tommaso,
  trattoria,
  yasmine,
} from './people.ts';
import type { Row } from './rows.ts';

/** The town people's keys in the legacy system. Those of `demo:load` start with G and H. */
export const keys = {
  claudia: 'A000000001',
  marco: 'A000000002',
  luca: 'A000000003',
  sofia: 'A000000004',
  giulia: 'A000000005',
  tommaso: 'A000000006',
  amina: 'A000000007',
  yasmine: 'A000000008',
  paolo: 'A000000009',
  trattoria: 'A000000010',
} as const;

export const municipalityRows: readonly Row[] = [
  { CF_ENTE: creditorCode, DESCR: 'Comune di Calvenzano', PROV: 'BG' },
];

export const officeRows: readonly Row[] = [
  {
    COD_UFF: 'ISTR',
    DESCR: 'Servizio Istruzione',
    TELEF: '0363/860734-33',
    E_MAIL: 'segreteria@comunecalvenzano.net',
    ORDINE: 1,
  },
];

const bianchi = { family: 'F000000001', street: 'Via Roma', number: '12' };
const colombo = { family: 'F000000002', street: 'Via Treviglio', number: '5/B' };
const alaoui = { family: 'F000000003', street: 'Piazza Vittorio Emanuele II', number: '' };
const locatelli = { family: 'F000000004', street: 'Via Misano', number: '31' };

export const subjectRows: readonly Row[] = [
  resident(keys.claudia, claudia, bianchi, 'IS'),
  resident(keys.marco, marco, bianchi, 'CG'),
  resident(keys.luca, luca, bianchi, 'FG'),
  resident(keys.sofia, sofia, bianchi, 'FG'),
  resident(keys.giulia, giulia, colombo, 'IS'),
  resident(keys.tommaso, tommaso, colombo, 'FG'),
  resident(keys.amina, amina, alaoui, 'IS'),
  resident(keys.yasmine, yasmine, alaoui, 'FG'),
  resident(keys.paolo, paolo, locatelli, 'IS'),
  {
    ...resident(keys.trattoria, paolo, { family: '', street: 'Via Caravaggio', number: '2' }, ''),
    TIPO_SOGG: 'G',
    COD_FISC: trattoria.partitaIva,
    PART_IVA: trattoria.partitaIva,
    COGNOME: '',
    NOME: '',
    RAG_SOC: trattoria.name,
    DATA_NASC: null,
    COM_NASC: '',
    E_MAIL: trattoria.email,
    TELEF: '',
  },
];

function resident(
  key: string,
  person: DemoPerson,
  home: { readonly family: string; readonly street: string; readonly number: string },
  relationship: string,
): Row {
  return {
    COD_SOGG: key,
    TIPO_SOGG: 'F',
    COD_FISC: person.codiceFiscale,
    PART_IVA: '',
    COGNOME: person.lastName,
    NOME: person.firstName,
    RAG_SOC: '',
    DATA_NASC: person.birthDate,
    COM_NASC: person.birthPlace,
    COD_FAM: home.family,
    COD_PAR: relationship,
    IND_VIA: home.street,
    IND_CIV: home.number,
    IND_CAP: '24040',
    IND_COM: 'Calvenzano',
    IND_PROV: 'BG',
    E_MAIL: person.email ?? '',
    TELEF: person.phone ?? '',
  };
}
