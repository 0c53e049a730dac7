import { addDays, type CalendarDate } from '../../core/values/index.ts';
import { codiceFiscaleOf } from './codice-fiscale-of.ts';
import type { Row } from './rows.ts';

// Families of one, two and three children alternate: six children in every three families.
const firstChildOfThree = [0, 1, 3] as const;
const familyOfSix = [0, 1, 1, 2, 2, 2] as const;

/** The number of families of the first so many children. */
export function familiesOf(children: number): number {
  if (children === 0) return 0;
  const last = children - 1;
  return 3 * Math.floor(last / 6) + (familyOfSix[last % 6] ?? 0) + 1;
}

/**
 * The mother, who files every application (`G` and an even number), the father, and the children (`H`) below
 * `children`.
 */
export function familyRows(family: number, children: number): readonly Row[] {
  const motherName = lastNames[family % lastNames.length] ?? '';
  const fatherName = lastNames[(family * 7 + 3) % lastNames.length] ?? '';
  const turn = Math.floor(family / lastNames.length);
  const woman = (later: number) => women[(turn + later) % women.length] ?? '';
  const man = men[turn % men.length] ?? '';
  const parents = [
    personRow(family, `G${digits(family * 2, 9)}`, 'IS', motherName, woman(0), 'F', ['1980-01-01', 4_001]),
    personRow(family, `G${digits(family * 2 + 1, 9)}`, 'CG', fatherName, man, 'M', ['1978-01-01', 4_001]),
  ];
  const siblings = [
    [woman(0), 'F', ['2013-01-01', 1_460]],
    [man, 'M', ['2017-01-01', 1_000]],
    [woman(5), 'F', ['2019-10-01', 800]],
  ] as const;
  const first = 6 * Math.floor(family / 3) + (firstChildOfThree[family % 3] ?? 0);
  const count = Math.min((family % 3) + 1, children - first);
  return [
    ...parents,
    ...siblings
      .slice(0, count)
      .map(([given, sex, birth], index) =>
        personRow(family, `H${digits(first + index, 9)}`, 'FG', fatherName, given, sex, birth),
      ),
  ];
}

function personRow(
  family: number,
  key: string,
  relationship: string,
  lastName: string,
  firstName: string,
  sex: 'F' | 'M',
  [bornFrom, days]: readonly [string, number],
): Row {
  const birthDate = addDays(bornFrom as CalendarDate, spread(family, days));
  return {
    COD_SOGG: key,
    TIPO_SOGG: 'F',
    COD_FISC: codiceFiscaleOf({ lastName, firstName, birthDate, sex }),
    COGNOME: lastName,
    NOME: firstName,
    DATA_NASC: birthDate,
    COM_NASC: 'Bergamo',
    COD_FAM: `F1${digits(family, 8)}`,
    COD_PAR: relationship,
    IND_VIA: 'Via dei Mille',
    IND_CIV: String((family % 200) + 1),
    IND_CAP: '24040',
    IND_COM: 'Calvenzano',
    IND_PROV: 'BG',
  };
}

/**
 * A birthday for each family, so that no two people share a codice fiscale.
 *
 * Names repeat every 320 families (20 last names by 16 first names), and 320 families later the day has advanced
 * by 357: no number of days used here has a divisor in common with 357, so at least 800 such rounds differ.
 */
function spread(family: number, days: number): number {
  const round = Math.floor(family / (lastNames.length * women.length));
  return (round * 37 + family) % days;
}

const digits = (value: number, count: number) => String(value).padStart(count, '0');

const lastNames =
  'Agazzi Belotti Carminati Donati Esposito Facchetti Gambirasio Invernizzi Lorenzi Maffeis Nava Oberti Pesenti Quarti Ravasio Salvi Testa Ubiali Valsecchi Zanchi'.split(
    ' ',
  );
const women =
  'Alessia Beatrice Chiara Daniela Elena Francesca Giorgia Irene Laura Monica Nadia Ornella Paola Roberta Silvia Teresa'.split(
    ' ',
  );
const men =
  'Andrea Bruno Carlo Davide Emanuele Fabio Gianni Ivan Lorenzo Matteo Nicola Omar Pietro Roberto Stefano Tiziano'.split(
    ' ',
  );
