import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { projectRoot } from '../../../core/project-root.ts';
import { type DataSetRule, dataSets } from '../../../demo/hypersic/contract.ts';
import { childrenOf } from '../../../demo/hypersic/dom.ts';
import { operations } from '../../../demo/hypersic/service-definition.ts';

// The vendor's published files are checked against where they are at hand; they are no part of the project.
const folder = join(projectRoot(), '..', 'shared', 'specs', 'hypersic-protocollo');
const isThere = existsSync(folder);
if (!isThere) console.warn(`Skipped: hyperSIC's specifications are not at ${folder}.`);
const describeIf = isThere ? describe : describe.skip;

function read(file: string): Element {
  const text = readFileSync(join(folder, file), 'utf8').replace(/^\uFEFF/, '');
  return new DOMParser().parseFromString(text, 'text/xml').documentElement as Element;
}

const named = (parent: Element, localName: string) =>
  [...parent.getElementsByTagNameNS('*', localName)] as readonly Element[];
const nameOf = (element: Element) => element.getAttribute('name') ?? '';
/** The elements of the sequence that an element's type has. */
const partsOf = (element: Element) =>
  childrenOf(element)
    .flatMap(childrenOf)
    .flatMap(childrenOf)
    .filter(({ localName }) => localName === 'element');

describeIf("hyperSIC's published description of its protocol service", () => {
  it.each([
    ['DsGetCorrispondente.xsd', dataSets.senders],
    ['DsInsertCorrispondente.xsd', dataSets.senderInserted],
    ['DsGetProtocollo.xsd', dataSets.entries],
    ['DsInsertProtocollo.xsd', dataSets.entryInserted],
    ['DsDatiProtocollo.xsd', dataSets.newEntry],
  ] as readonly (readonly [string, DataSetRule])[])('has the tables and columns of %s', (file, rule) => {
    const [set] = named(read(file), 'element')
      .concat(read(file))
      .filter((one) => one.getAttribute('msdata:IsDataSet'));
    const tables = partsOf(set as Element);
    expect([nameOf(set as Element), tables.map(nameOf)]).toEqual([rule.name, Object.keys(rule.tables)]);
    for (const table of tables) {
      const columns = partsOf(table);
      expect([nameOf(table), columns.map(nameOf)]).toEqual([nameOf(table), rule.tables[nameOf(table)]]);
      const isComplete = columns.every((column) => column.getAttribute('minOccurs') === '1');
      expect([nameOf(table), isComplete]).toEqual([nameOf(table), rule.isComplete]);
    }
  });

  it('has the operations that the stand-in plays, with their parameters in order', () => {
    const wsdl = read('serviceprotocollo.wsdl');
    const [schema] = named(wsdl, 'schema');
    const elements = childrenOf(schema as Element);
    for (const { name, parameters, answers } of operations) {
      const asked = elements.find((one) => nameOf(one) === name) as Element;
      const kinds = partsOf(asked).map((part) => [
        nameOf(part),
        (part.getAttribute('type') || 's:dataSet').slice(2),
      ]);
      expect([name, kinds]).toEqual([name, Object.entries(parameters)]);
      const answer = elements.find((one) => nameOf(one) === `${name}Response`) as Element;
      expect([name, partsOf(answer).map(nameOf)]).toEqual([
        name,
        answers === 'nothing' ? [] : [`${name}Result`],
      ]);
      const actions = named(wsdl, 'operation').map((one) => one.getAttribute('soapAction'));
      expect(actions).toContain(`http://services.apsystems.it/${name}`);
    }
  });
});
