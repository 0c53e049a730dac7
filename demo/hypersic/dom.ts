import type { Element } from '@xmldom/xmldom';

export function childrenOf(parent: Element | null): readonly Element[] {
  return [...(parent?.childNodes ?? [])].filter((node): node is Element => node.nodeType === 1);
}

export function childNamed(parent: Element | null, localName: string): Element | null {
  return childrenOf(parent).find((child) => child.localName === localName) ?? null;
}
