import { AppError } from '../../../core/errors.ts';
import { isCalendarDate, isElevenDigitCode, parseCodiceFiscale } from '../../../core/values/index.ts';
import type { ReconciliationHead } from '../../ports/reconciliation.port.ts';

/** [SPEC] §6.1: `RENDICONTAZIONE_AV20_00166560425_20191115_001.csv`. The version stays AV20. Errors: BAD_USER_INPUT. */
export function parseFileName(name: string): ReconciliationHead {
  const [, creditor = '', year, month, day, sequence = ''] =
    /^RENDICONTAZIONE_AV20_(\d{11})_(\d{4})(\d{2})(\d{2})_(\d{3})\.csv$/.exec(name) ?? [];
  const date = `${year}-${month}-${day}`;
  if (creditor === '')
    refuse('The name RENDICONTAZIONE_AV20_<codice fiscale>_<AAAAMMGG>_<NNN>.csv was expected.');
  if (!isElevenDigitCode(creditor))
    refuse("The body's codice fiscale in the file name has a wrong check digit.");
  if (!isCalendarDate(date)) refuse('The date in the file name is none: AAAAMMGG was expected.');
  if (sequence === '000') refuse('The progressive in the file name counts from 001.');
  return { creditor: parseCodiceFiscale(creditor), date, sequence: Number(sequence) };
}

export function toFileName({ creditor, date, sequence }: ReconciliationHead): string {
  const number = String(sequence).padStart(3, '0');
  return `RENDICONTAZIONE_AV20_${creditor}_${date.replaceAll('-', '')}_${number}.csv`;
}

/** [CLIENT] §6.4: 999 holds payments collected and not yet reconciled. */
export function isOpenFile({ sequence }: Pick<ReconciliationHead, 'sequence'>): boolean {
  return sequence === 999;
}

export function refuse(reason: string): never {
  throw new AppError('BAD_USER_INPUT', reason);
}
