import type { AnagrafePort, ChildKey } from '../ports/anagrafe.port.ts';
import { toBusiness, toChildRegistration, toFamily, toMunicipality } from './anagrafe.mapper.ts';
import {
  businesses,
  childKeys,
  childRegistration,
  type FamilyRow,
  families,
  municipality,
} from './anagrafe.statements.ts';
import { groupBy } from './by-key.ts';
import { trimmed } from './formats.ts';
import type { Connection } from './wire/connection.ts';

export function createAnagrafe(connection: Connection): AnagrafePort {
  return {
    async familiesOf(citizens, { shares, hidden }) {
      const rows = await connection.read(families, {
        citizens,
        givers: shares.map(({ giver }) => giver),
        givenChildren: shares.map(({ childKey }) => childKey),
      });
      const isHidden = (row: FamilyRow) =>
        row.E_CITT === 0 && hidden.some((code) => code === trimmed(row.COD_FISC));
      const shown = hidden.length === 0 ? rows : rows.filter((row) => !isHidden(row));
      const rowsOf = groupBy(
        shown.filter(({ CF_COND }) => trimmed(CF_COND) === ''),
        (row) => trimmed(row.CF_CITT),
      );
      const shared = shown.filter(({ CF_COND }) => trimmed(CF_COND) !== '');
      return citizens.map((citizen) => toFamily(rowsOf(citizen), shared));
    },
    async childKeysOf(codes) {
      const rowsOf = groupBy(await connection.read(childKeys, { codes }), (row) => trimmed(row.COD_FISC));
      return codes.map((code) => rowsOf(code).map((row) => trimmed(row.COD_SOGG) as ChildKey));
    },
    async businesses(codes) {
      const rows = await connection.read(businesses, { codes });
      const rowsOf = groupBy(rows, (row) => trimmed(row.PART_IVA));
      return codes.map((code) => {
        const [row] = rowsOf(code);
        return row === undefined ? null : toBusiness(row);
      });
    },
    async childRegistration(applicant, { key, codiceFiscale }) {
      const codes = codiceFiscale === '' ? [] : [codiceFiscale];
      const rows = await connection.read(childRegistration, {
        applicant,
        codes,
        keys: key === null ? [] : [key],
      });
      return toChildRegistration(rows);
    },
    municipality: async () => toMunicipality(await connection.read(municipality, {})),
  };
}
