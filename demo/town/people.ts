/** The people of the demo town. All names and codes are invented. */
export interface DemoPerson {
  readonly codiceFiscale: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: string;
  readonly birthPlace: string;
  readonly sex: 'F' | 'M';
  readonly email: string | null;
  readonly phone: string | null;
  /** Children have no digital identity. */
  readonly canSignIn: boolean;
}

export interface DemoBusiness {
  readonly partitaIva: string;
  readonly name: string;
  readonly email: string;
}

export const bodyName = 'Comune di Calvenzano';
export const creditorCode = '00300120169';

function person(
  codiceFiscale: string,
  firstName: string,
  lastName: string,
  birthDate: string,
  birthPlace: string,
  sex: 'F' | 'M',
  email: string | null,
  phone: string | null,
): DemoPerson {
  const canSignIn = birthDate < '2008';
  return { codiceFiscale, firstName, lastName, birthDate, birthPlace, sex, email, phone, canSignIn };
}

export const claudia = person(
  'RSSCLD84C52A794Q',
  'Claudia',
  'Rossi',
  '1984-03-12',
  'Bergamo',
  'F',
  'claudia.rossi@example.com',
  '3331234567',
);
export const marco = person(
  'BNCMRC82L25L400X',
  'Marco',
  'Bianchi',
  '1982-07-25',
  'Treviglio',
  'M',
  'marco.bianchi@example.com',
  null,
);
export const luca = person('BNCLCU14E09L400F', 'Luca', 'Bianchi', '2014-05-09', 'Treviglio', 'M', null, null);
export const sofia = person(
  'BNCSFO21B58L400K',
  'Sofia',
  'Bianchi',
  '2021-02-18',
  'Treviglio',
  'F',
  null,
  null,
);
export const giulia = person(
  'FRRGLI88S43F205Z',
  'Giulia',
  'Ferrari',
  '1988-11-03',
  'Milano',
  'F',
  'giulia.ferrari@example.com',
  '3397654321',
);
export const tommaso = person(
  'CLMTMS16P21A794F',
  'Tommaso',
  'Colombo',
  '2016-09-21',
  'Bergamo',
  'M',
  null,
  null,
);
export const amina = person(
  'LDRMNA90A55Z330T',
  'Amina',
  'El Idrissi',
  '1990-01-15',
  'Marocco',
  'F',
  'amina.elidrissi@example.com',
  null,
);
export const yasmine = person(
  'LAAYMN17D42A794O',
  'Yasmine',
  'Alaoui',
  '2017-04-02',
  'Bergamo',
  'F',
  null,
  null,
);
export const paolo = person(
  'LCTPLA79T30B731A',
  'Paolo',
  'Locatelli',
  '1979-12-30',
  'Caravaggio',
  'M',
  'paolo.locatelli@example.com',
  null,
);

export const people: readonly DemoPerson[] = [
  claudia,
  marco,
  luca,
  sofia,
  giulia,
  tommaso,
  amina,
  yasmine,
  paolo,
];

export const trattoria: DemoBusiness = {
  partitaIva: '03123450169',
  name: 'Trattoria del Borgo S.r.l.',
  email: 'info@trattoriadelborgo.example.com',
};
