// Reads the Vulkan registry file (vk.xml) into plain data. Knows the registry's XML and nothing of
// what is generated from it.
import { DOMParser, type Document, type Element } from '@xmldom/xmldom';
import { readApiConstants, readEnums } from './generate-enums.ts';
import { attribute, children, childText, elements, isVulkan } from './generate-xml.ts';

/** A struct member or a command parameter, as C declares it. */
export interface Declaration {
  readonly name: string;
  readonly type: string;
  readonly pointers: number;
  readonly constant: boolean;
  /** Element count of an inline array. */
  readonly length?: number;
  /** The registry's expression for the element count of what is pointed to. */
  readonly len?: string;
  /** The only value allowed: the name of an sType. */
  readonly values?: string;
}

/** A type of the registry. */
export interface RegistryType {
  readonly name: string;
  readonly category: string;
  /** The C type behind a basetype or a bitmask. */
  readonly underlying?: string;
  /** The enum that holds a bitmask's bits. */
  readonly bits?: string;
  readonly members: readonly Declaration[];
}

/** A command of the registry. */
export interface RegistryCommand {
  readonly name: string;
  readonly returns: string;
  readonly parameters: readonly Declaration[];
  /** The version or extension that first requires it. */
  readonly from: string;
}

/** The registry as far as this project reads it. Enum values of 64-bit flags are `bigint`. */
export interface Registry {
  readonly headerVersion: number;
  readonly types: ReadonlyMap<string, RegistryType>;
  readonly commands: ReadonlyMap<string, RegistryCommand>;
  /** Values by enum name, in the order of the registry, aliases included. */
  readonly enums: ReadonlyMap<string, ReadonlyMap<string, number | bigint>>;
  readonly apiConstants: ReadonlyMap<string, number | bigint>;
  /** `VK_API_VERSION_1_0` and later. */
  readonly apiVersions: ReadonlyMap<string, number>;
  /** The name of the constant that holds an extension's name, by extension. */
  readonly extensionConstants: ReadonlyMap<string, string>;
}

/** Parses the text of vk.xml. */
export function readRegistry(xml: string): Registry {
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const apiConstants = readApiConstants(document);
  const enums = readEnums(document);
  return {
    headerVersion: readHeaderVersion(document),
    types: readTypes(document, apiConstants),
    commands: readCommands(document),
    enums,
    apiConstants,
    apiVersions: readApiVersions(document),
    extensionConstants: readExtensionConstants(document),
  };
}

function readHeaderVersion(document: Document): number {
  const define = elements(document, 'type').find((type) => childText(type, 'name') === 'VK_HEADER_VERSION');
  return Number(/VK_HEADER_VERSION\s+(\d+)/.exec(define?.textContent ?? '')?.[1]);
}

function readApiVersions(document: Document): Map<string, number> {
  const versions = new Map<string, number>();
  for (const type of elements(document, 'type')) {
    const parts = /define\s+(VK_API_VERSION_\d_\d)\s+VK_MAKE_API_VERSION\(0, (\d), (\d), 0\)/.exec(
      type.textContent ?? '',
    );
    if (parts !== null) versions.set(parts[1] as string, (Number(parts[2]) << 22) | (Number(parts[3]) << 12));
  }
  return versions;
}

function readTypes(
  document: Document,
  constants: ReadonlyMap<string, number | bigint>,
): Map<string, RegistryType> {
  const types = new Map<string, RegistryType>();
  for (const element of elements(document, 'type')) {
    const name = element.getAttribute('name') ?? childText(element, 'name');
    const category = attribute(element, 'category');
    if (category === '' || element.hasAttribute('alias')) continue;
    const bits = element.getAttribute('requires') ?? element.getAttribute('bitvalues');
    const underlying = childText(element, 'type');
    types.set(name, {
      name,
      category,
      ...(underlying === '' ? {} : { underlying }),
      ...(bits === null ? {} : { bits }),
      members: children(element, 'member')
        .filter(isVulkan)
        .map((member) => readDeclaration(member, constants)),
    });
  }
  return types;
}

function readDeclaration(element: Element, constants: ReadonlyMap<string, number | bigint>): Declaration {
  const code = [...element.childNodes]
    .filter((child) => child.nodeName !== 'comment')
    .map((child) => child.textContent ?? '')
    .join('');
  const [, bound] = /\[(\w+)\]/.exec(code) ?? [];
  const values = element.getAttribute('values');
  const len = element.getAttribute('len');
  return {
    name: childText(element, 'name'),
    type: childText(element, 'type'),
    pointers: code.split('*').length - 1,
    constant: /^\s*const\b/.test(code),
    ...(bound === undefined ? {} : { length: Number(constants.get(bound) ?? bound) }),
    ...(len === null ? {} : { len }),
    ...(values === null ? {} : { values }),
  };
}

function readCommands(document: Document): Map<string, RegistryCommand> {
  const origins = readOrigins(document);
  const commands = new Map<string, RegistryCommand>();
  const aliases: [string, string][] = [];
  for (const block of elements(document, 'commands')) {
    for (const element of children(block, 'command').filter(isVulkan)) {
      const [proto] = children(element, 'proto');
      if (proto === undefined) {
        aliases.push([attribute(element, 'name'), attribute(element, 'alias')]);
        continue;
      }
      const name = childText(proto, 'name');
      const parameters = children(element, 'param').filter(isVulkan);
      commands.set(name, {
        name,
        returns: childText(proto, 'type'),
        parameters: parameters.map((parameter) => readDeclaration(parameter, new Map())),
        from: origins.get(name) ?? '',
      });
    }
  }
  for (const [name, target] of aliases) {
    const command = commands.get(target);
    if (command !== undefined) commands.set(name, { ...command, name, from: origins.get(name) ?? '' });
  }
  return commands;
}

/** Which version or extension brings a command: versions first, so that a core command counts as core. */
function readOrigins(document: Document): Map<string, string> {
  const origins = new Map<string, string>();
  for (const block of [...elements(document, 'feature'), ...elements(document, 'extension')]) {
    for (const command of children(block, 'require').flatMap((require) => children(require, 'command'))) {
      const name = attribute(command, 'name');
      if (!origins.has(name)) origins.set(name, originName(block));
    }
  }
  return origins;
}

/** Newer registries cut a version into parts (VK_BASE_VERSION_1_0, VK_COMPUTE_VERSION_1_0): the number is what counts. */
function originName(block: Element): string {
  if (block.nodeName !== 'feature') return attribute(block, 'name');
  return `VK_VERSION_${attribute(block, 'number').replace('.', '_')}`;
}

function readExtensionConstants(document: Document): Map<string, string> {
  const names = new Map<string, string>();
  for (const extension of elements(document, 'extension')) {
    const items = children(extension, 'require').flatMap((require) => children(require, 'enum'));
    const constant = items.find((item) => attribute(item, 'value') === `"${attribute(extension, 'name')}"`);
    if (constant !== undefined) names.set(attribute(extension, 'name'), attribute(constant, 'name'));
  }
  return names;
}
