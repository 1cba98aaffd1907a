// Reads the values of the registry: API constants, and enums with what versions and extensions add.
import type { Document, Element } from '@xmldom/xmldom';
import { attribute, children, elements, isVulkan } from './generate-xml.ts';

export function readApiConstants(document: Document): Map<string, number | bigint> {
  const block = elements(document, 'enums').find((enums) => attribute(enums, 'name') === 'API Constants');
  const constants = new Map<string, number | bigint>();
  for (const item of block === undefined ? [] : children(block, 'enum')) {
    const value = item.hasAttribute('alias')
      ? constants.get(attribute(item, 'alias'))
      : cLiteral(attribute(item, 'value'));
    if (value !== undefined) constants.set(attribute(item, 'name'), value);
  }
  return constants;
}

/** `256`, `0x7FFFFFFF`, `1000.0F`, `(~1U)`, `(~0ULL)`. */
function cLiteral(text: string): number | bigint {
  const inverted = /^\(~(\d+)U(LL)?\)$/.exec(text);
  if (inverted === null) return Number(text.replace(/(?<=\.\d+)[fF]$/, ''));
  return inverted[2] === undefined
    ? ~Number(inverted[1]) >>> 0
    : BigInt.asUintN(64, ~BigInt(inverted[1] as string));
}

export function readEnums(document: Document): Map<string, Map<string, number | bigint>> {
  const enums = new Map<string, Map<string, number | bigint>>();
  const wide = new Set<string>();
  const items: [Element, string, number][] = [];
  for (const block of elements(document, 'enums')) {
    if (attribute(block, 'type') === '') continue;
    const name = attribute(block, 'name');
    enums.set(name, new Map());
    if (attribute(block, 'bitwidth') === '64') wide.add(name);
    for (const item of children(block, 'enum').filter(isVulkan)) items.push([item, name, 0]);
  }
  for (const [item, extension] of extendingEnums(document)) {
    items.push([item, attribute(item, 'extends'), extension]);
  }
  const aliases = items.filter(([item]) => item.hasAttribute('alias'));
  const values = items.filter(([item]) => !item.hasAttribute('alias'));
  // An alias may name a value of a later extension, or another alias.
  for (const [item, name, extension] of [...values, ...aliases, ...aliases]) {
    addValue(enums, name, item, extension, wide.has(name));
  }
  return enums;
}

/** Values that versions and extensions add to enums, with the number of the extension. */
function extendingEnums(document: Document): [Element, number][] {
  const blocks = [...elements(document, 'feature'), ...elements(document, 'extension')];
  return blocks.flatMap((block) =>
    children(block, 'require')
      .flatMap((require) => children(require, 'enum'))
      .filter((item) => item.hasAttribute('extends') && isVulkan(item))
      .map((item): [Element, number] => [
        item,
        Number(item.getAttribute('extnumber') ?? block.getAttribute('number') ?? 0),
      ]),
  );
}

function addValue(
  enums: Map<string, Map<string, number | bigint>>,
  name: string,
  item: Element,
  extension: number,
  wide: boolean,
): void {
  const values = enums.get(name);
  const value = item.hasAttribute('alias')
    ? values?.get(attribute(item, 'alias'))
    : enumValue(item, extension, wide);
  if (values === undefined || value === undefined || values.has(attribute(item, 'name'))) return;
  values.set(attribute(item, 'name'), value);
}

/** Values of extensions start at 1,000,000,000, a thousand for each (registry style guide, "Assigning Values"). */
function enumValue(item: Element, extension: number, wide: boolean): number | bigint {
  if (item.hasAttribute('offset')) {
    const value = 1_000_000_000 + (extension - 1) * 1000 + Number(attribute(item, 'offset'));
    return attribute(item, 'dir') === '-' ? -value : value;
  }
  const bit = item.hasAttribute('bitpos') ? 1n << BigInt(attribute(item, 'bitpos')) : null;
  if (bit === null) {
    const value = cLiteral(attribute(item, 'value').replace(/U?LL$/, ''));
    return wide ? BigInt(value) : value;
  }
  return wide ? bit : Number(bit);
}
