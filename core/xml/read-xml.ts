import { SaxesParser } from 'saxes';

/** An element with its children; attributes are ignored. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  /** Empty for none. */
  readonly namespace: string;
  readonly children: readonly XmlElement[];
  /** Its own text, without the text of its children. */
  readonly text: string;
}

/** A text that is not the expected XML. The message says what was expected and repeats none of the input. */
export class InvalidXml extends Error {
  override readonly name = 'InvalidXml';
}

// Messages that we receive have eight levels and some hundred elements.
const maxDepth = 24;
const maxElements = 4_000;
const maxAttributes = 32;

/**
 * Reads an untrusted document.
 *
 * A document type is always refused, so that no entity is declared, fetched or expanded; XML's own five entities
 * and character references are read. Depth and number of elements are limited while reading, and the caller limits
 * the bytes. Errors: InvalidXml.
 */
export function readXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: (XmlElement & { children: XmlElement[]; text: string })[] = [];
  let root: XmlElement | undefined;
  let [elements, attributes] = [0, 0];
  const refuse = (expected: string) => {
    throw new InvalidXml(expected);
  };
  parser.on('error', () => refuse('Well-formed XML was expected.'));
  parser.on('doctype', () => refuse('XML without a document type was expected.'));
  parser.on('attribute', () => {
    if (++attributes > maxAttributes) refuse(`At most ${maxAttributes} attributes an element were expected.`);
  });
  parser.on('opentag', ({ local, uri }) => {
    attributes = 0;
    if (open.length >= maxDepth) refuse(`At most ${maxDepth} levels were expected.`);
    if (++elements > maxElements) refuse(`At most ${maxElements} elements were expected.`);
    open.push({ name: local, namespace: uri, children: [], text: '' });
  });
  const addText = (part: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element === undefined) return;
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
  });
  parser.write(text).close();
  return root ?? refuse('Well-formed XML was expected.');
}
