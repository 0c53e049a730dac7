import type { Block } from '../../../core/pdf/content.ts';
import type { MunicipalityRecord } from '../../../legacy/ports/anagrafe.port.ts';

const mostOffices = 3;

/** The municipality's name and contacts; empty if the legacy system does not have them. */
export function letterheadOf(body: MunicipalityRecord | null): readonly Block[] {
  if (body === null) return [];
  const offices = body.offices.slice(0, mostOffices).map(({ name, phone, email }) => {
    const contacts = [phone === null ? null : `tel. ${phone}`, email].filter((contact) => contact !== null);
    return [name, ...contacts].join(', ');
  });
  const lines = [`Codice fiscale ${body.codiceFiscale}`, ...offices];
  return [{ kind: 'letterhead', name: body.name, lines }];
}
