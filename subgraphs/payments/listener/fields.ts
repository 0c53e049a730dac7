import { type CalendarDate, type EuroCents, isCalendarDate } from '../../../core/values/index.ts';
import { textOf } from '../../../core/xml/in-order.ts';
import { InvalidXml, type XmlElement } from '../../../core/xml/read-xml.ts';
import { withoutBlanks } from '../../../core/xml/without-blanks.ts';

// The simple types of paForNode.xsd and sac-common-types-1.0.xsd, under their original names where they have one.

type Read<T> = (element: XmlElement) => T;

/** `xsd:whiteSpace` collapse: in all types except texts, surrounding blanks are not part of the value. */
const collapsed = (element: XmlElement, shape: RegExp, expected: string): string =>
  textOf({ ...element, text: withoutBlanks(element.text) }, shape, expected);

const text =
  (least: number, most: number): Read<string> =>
  (element) =>
    textOf(
      element,
      new RegExp(`^[\\s\\S]{${least},${most}}$`, 'u'),
      `A text of ${least} to ${most} characters`,
    );

export const text16 = text(1, 16);
export const text20 = text(1, 20);
export const text35 = text(1, 35);
export const text70 = text(1, 70);
export const text140 = text(1, 140);
export const text210 = text(1, 210);
/** `xsd:string` without limit in the schema; this limit is our own. */
export const receiptIdText = text(1, 255);
export const fiscalCodePA: Read<string> = (element) => textOf(element, /^\d{11}$/, 'Eleven digits');
export const noticeNumber: Read<string> = (element) => textOf(element, /^\d{18}$/, 'Eighteen digits');
export const outcome: Read<'OK' | 'KO'> = (element) =>
  textOf(element, /^(?:OK|KO)$/, 'OK or KO') as 'OK' | 'KO';
/** An `xsd:int`: `01` and `+1` are 1. */
export const idTransfer: Read<string> = (element) =>
  collapsed(element, /^\+?0*[1-5]$/, 'A number from 1 to 5');
export const iban: Read<string> = text(1, 35);
export const base64: Read<string> = (element) => textOf(element, /^[A-Za-z0-9+/=\s]*$/, 'Base64');
export const flag: Read<boolean> = (element) =>
  ['true', '1'].includes(collapsed(element, /^(?:true|false|1|0)$/, 'true or false'));
export const entityType: Read<'F' | 'G'> = (element) => textOf(element, /^[FG]$/, 'F or G') as 'F' | 'G';
export const entityCode = text(2, 16);
export const country: Read<string> = (element) => textOf(element, /^[A-Z]{2}$/, 'Two capital letters');
export const email: Read<string> = (element) =>
  textOf(
    element,
    /^(?=[\s\S]{1,256}$)[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*$/,
    'An e-mail address',
  );
export const transferType: Read<string> = (element) =>
  textOf(element, /^(?:POSTAL|PAGOPA)$/, 'POSTAL or PAGOPA');

/** stAmount. Unit: euros with two decimals on the wire, cents here. */
export const euros: Read<EuroCents> = (element) => {
  const digits = collapsed(element, /^0*\d{1,9}\.\d{2}$/, 'An amount with two decimals');
  return Number(digits.replace('.', '')) as EuroCents;
};

export const isoDate: Read<CalendarDate> = (element) => {
  const day = collapsed(element, /^\d{4}-\d{2}-\d{2}(?:Z|[+-]\d{2}:\d{2})?$/, 'A date').slice(0, 10);
  if (!isCalendarDate(day)) throw new InvalidXml(`A day of the calendar was expected in ${element.name}.`);
  return day;
};

export const isoDateTime: Read<string> = (element) => {
  const moment = collapsed(
    element,
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/,
    'A date and time',
  );
  if (Number.isNaN(Date.parse(moment)))
    throw new InvalidXml(`A moment of the calendar was expected in ${element.name}.`);
  return moment;
};
