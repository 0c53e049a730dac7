import type { AnagrafePort } from '../ports/anagrafe.port.ts';
import { toBusiness, toChildRegistration, toFamily, toMunicipality } from './anagrafe.mapper.ts';
import { businesses, childRegistration, families, municipality } from './anagrafe.statements.ts';
import { groupBy } from './by-key.ts';
import { trimmed } from './formats.ts';
import type { Connection } from './wire/connection.ts';

export function createAnagrafe(connection: Connection): AnagrafePort {
  return {
    async familiesOf(citizens) {
      const rows = await connection.read(families, { citizens });
      const rowsOf = groupBy(rows, (row) => trimmed(row.CF_CITT));
      return citizens.map((citizen) => toFamily(rowsOf(citizen)));
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
