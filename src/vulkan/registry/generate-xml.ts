// Finds elements of the registry's XML. Knows of its meaning only that Vulkan SC is in it too.
import type { Document, Element, Node } from '@xmldom/xmldom';

export function children(node: Node, tag: string): Element[] {
  return [...node.childNodes].filter((child): child is Element => child.nodeName === tag);
}

export function elements(document: Document, tag: string): Element[] {
  return [...document.getElementsByTagName(tag)].filter(isVulkan);
}

/** The registry also describes Vulkan SC; `api` says which of the two an element belongs to. */
export function isVulkan(element: Element): boolean {
  const apis = element.getAttribute('api') ?? element.getAttribute('supported');
  return apis === null || apis.split(',').includes('vulkan');
}

export function childText(element: Element, tag: string): string {
  return children(element, tag)[0]?.textContent ?? '';
}

export function attribute(element: Element, name: string): string {
  return element.getAttribute(name) ?? '';
}
