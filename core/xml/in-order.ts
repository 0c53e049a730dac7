import { InvalidXml, type XmlElement } from './read-xml.ts';

/** Takes an element's children one after the other, in the order of an `xsd:sequence`. */
export interface Take {
  <T>(name: string, read: (element: XmlElement) => T): T;
  /** Null if the element is missing. */
  optional<T>(name: string, read: (element: XmlElement) => T): T | null;
  /** One to `most` elements. */
  many<T>(name: string, most: number, read: (element: XmlElement) => T): readonly T[];
}

/**
 * Reads a sequence strictly: every child in its place and of no namespace, as local elements are, none left over.
 *
 *     inOrder(element, (take) => ({ idPA: take('idPA', text35), amount: take.optional('amount', euros) }))
 *
 * Errors: InvalidXml, with the element's name.
 */
export function inOrder<T>(element: XmlElement, read: (take: Take) => T): T {
  let position = 0;
  const isNext = (name: string) => {
    const child = element.children[position];
    return child?.name === name && child.namespace === '';
  };
  const next = <V>(name: string, readOne: (child: XmlElement) => V): V => {
    const child = element.children[position];
    if (child === undefined || !isNext(name))
      throw new InvalidXml(`${name} was expected in its place in ${element.name}.`);
    position += 1;
    return readOne(child);
  };
  const take: Take = Object.assign(next, {
    optional: <V>(name: string, readOne: (child: XmlElement) => V) =>
      isNext(name) ? next(name, readOne) : null,
    many: <V>(name: string, most: number, readOne: (child: XmlElement) => V) => {
      const found = [next(name, readOne)];
      while (found.length < most && isNext(name)) found.push(next(name, readOne));
      return found;
    },
  });
  if (element.text.trim() !== '') throw new InvalidXml(`Elements only were expected in ${element.name}.`);
  const value = read(take);
  if (position < element.children.length)
    throw new InvalidXml(`Nothing more was expected after what ${element.name} has.`);
  return value;
}

/** The text of an element that has no children. Errors: InvalidXml when it does not fit. */
export function textOf(element: XmlElement, shape: RegExp, expected: string): string {
  if (element.children.length > 0 || !shape.test(element.text))
    throw new InvalidXml(`${expected} was expected in ${element.name}.`);
  return element.text;
}
