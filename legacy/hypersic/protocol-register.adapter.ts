import type { Element } from '@xmldom/xmldom';
import { AppError } from '../../core/errors.ts';
import { element, type Xml } from '../../core/xml/write-xml.ts';
import type { ProtocolRegisterPort, Written } from '../ports/protocol-register.port.ts';
import { soapDate } from './formats.ts';
import {
  type ProtocolRegisterHabits,
  shortName,
  toEntryInserted,
  toEntryRead,
  toEntryTables,
  toSenderKey,
} from './protocol-register.mapper.ts';
import { type DataSet, readDataSet, writeDataSet } from './wire/data-set.ts';
import { unavailable } from './wire/errors.ts';
import { type SoapCall, SoapFault } from './wire/soap.ts';

/** hyperSIC's protocol service, [SPEC] §5. */
export function createProtocolRegister(
  call: SoapCall,
  habits: ProtocolRegisterHabits,
  settleMs: number,
): ProtocolRegisterPort {
  const read = async (operation: string, parameters: Parameters): Promise<DataSet> => {
    const answer = readDataSet(await answered(call(operation, texts(parameters))), operation);
    if (answer.error !== null) throw rejected(answer.error);
    return answer;
  };
  return {
    settleMs,
    async findSenders(codiceFiscale) {
      const answer = await read('GetCorrispondente', { codiceFiscale });
      return answer.rows('corrispondente').map(toSenderKey);
    },
    insertSender: ({ codiceFiscale, name, email }) =>
      written(
        call('InsertCorrispondente', [
          // [SPEC] §2: the e-mail is `eMail` here and `email` in rows; the service ignores a wrong name silently.
          ...texts({
            codiceFiscale,
            descrizione: shortName(name),
            ...(email === null ? {} : { eMail: email }),
          }),
        ]),
        (response) => {
          const answer = readDataSet(response, 'InsertCorrispondente');
          return [answer, () => toSenderKey(answer.rows('corrispondente')[0])];
        },
      ),
    async findEntries({ reference, sender, from, to }) {
      // [SPEC] §5.1: the overload with `codiceCorrispondente` has a name of its own on the wire.
      const answer = await read('GetProtocolloGenerale1', {
        daData: soapDate(from, habits.culture),
        aData: soapDate(to, habits.culture),
        codiceCorrispondente: sender,
      });
      // The matching of `oggetto` is not documented [INFER]: the entries of a few days of one sender are filtered
      // here.
      return answer
        .rows('protocollo')
        .filter(({ oggetto = '' }) => oggetto.includes(reference))
        .map((row) => toEntryRead(row, habits))
        .sort((a, b) => Number(a.key) - Number(b.key));
    },
    insertEntry: (entry) =>
      written(
        call('InsertProtocolloGenerale', [
          element('dsDati', writeDataSet('protocolli', toEntryTables(entry, habits))),
        ]),
        (response) => {
          const answer = readDataSet(response, 'InsertProtocolloGenerale');
          return [answer, () => toEntryInserted(answer.rows('protocollo')[0] ?? {}, habits)];
        },
      ),
    async attachmentNames(entryKey) {
      const answer = await read('GetProtocolloGenerale', { codice: entryKey });
      return answer
        .rows('allegato')
        .filter(({ codice_protocollo: of }) => of === undefined || of === entryKey)
        .flatMap(({ nome }) => nome ?? []);
    },
    insertAttachment: (entryKey, { name, bytes }) =>
      written(
        call('InsertAllegatoProtocolloGenerale', [
          element('codice', entryKey),
          element('fileBytes', bytes.toString('base64')),
          element('fileName', name),
        ]),
        // [SPEC] §5.4: the response is empty in every case.
        () => [null, () => null],
      ),
  };
}

type Parameters = Readonly<Record<string, string>>;

function texts(parameters: Parameters): readonly Xml[] {
  return Object.entries(parameters).map(([name, value]) => element(name, value));
}

/** A read's result. A fault means that the service refused; no response means that it is unavailable. */
async function answered(answer: Promise<Element>): Promise<Element> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof SoapFault ? rejected(error.message) : unavailable(error);
  }
}

/**
 * The outcome of a write. `rejected` needs the service's own word that it did nothing: a complaint in the
 * response, or a client fault. Any other fault may have come after the effect.
 */
async function written<Value>(
  answer: Promise<Element>,
  read: (response: Element) => readonly [DataSet | null, () => Value],
): Promise<Written<Value>> {
  try {
    const [dataSet, value] = read(await answer);
    if (dataSet !== null && dataSet.error !== null) return { outcome: 'rejected', reason: dataSet.error };
    return { outcome: 'sent', value: value() };
  } catch (error) {
    if (error instanceof SoapFault && error.isOurs) return { outcome: 'rejected', reason: error.message };
    return { outcome: 'unknown', cause: error };
  }
}

function rejected(reason: string): AppError {
  return new AppError('LEGACY_REJECTED', "The town hall's system refused a request.", {
    cause: new Error(reason),
  });
}
