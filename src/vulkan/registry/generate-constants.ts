// Writes constants.ts: the values of every enum and bitmask that the selected structs and commands
// use, the API constants, and the names of VkResult codes.
import type { Declaration, Registry } from './generate-registry.ts';
import { extensions, unnamedEnums } from './selection.ts';

/** The text of constants.ts for the structs and commands named. */
export function generateConstants(
  registry: Registry,
  structs: readonly string[],
  commands: readonly string[],
): string {
  const declarations = [
    ...structs.flatMap((name) => registry.types.get(name)?.members ?? []),
    ...commands.flatMap((name) => registry.commands.get(name)?.parameters ?? []),
  ];
  const enums = usedEnums(registry, declarations).map((name) =>
    writeEnum(name, registry.enums.get(name) ?? new Map()),
  );
  return [
    writeGroup('Constants of the API', [
      ...registry.apiConstants,
      ...registry.apiVersions,
      ['VK_HEADER_VERSION', registry.headerVersion],
    ]),
    writeExtensions(registry),
    ...enums,
    writeResultNames(registry),
  ].join('\n');
}

function usedEnums(registry: Registry, declarations: readonly Declaration[]): readonly string[] {
  const names = new Set(['VkResult']);
  for (const { type } of declarations) {
    const known = registry.types.get(type);
    const name = known?.category === 'bitmask' ? known.bits : type;
    if (name !== undefined && registry.enums.has(name) && !unnamedEnums.includes(name)) names.add(name);
  }
  return [...names].filter((name) => (registry.enums.get(name)?.size ?? 0) > 0).sort();
}

function writeEnum(name: string, values: ReadonlyMap<string, number | bigint>): string {
  return writeGroup(name, [...values]);
}

function writeGroup(title: string, values: readonly (readonly [string, number | bigint])[]): string {
  return `// ${title}\n${values.map(([name, value]) => writeConstant(name, value)).join('')}`;
}

function writeConstant(name: string, value: number | bigint): string {
  return typeof value === 'bigint'
    ? `export const ${name} = ${value}n;\n`
    : `export const ${name} = ${value};\n`;
}

function writeExtensions(registry: Registry): string {
  const lines = extensions.flatMap((name) => {
    const constant = registry.extensionConstants.get(name);
    return constant === undefined ? [] : [`export const ${constant} = '${name}';\n`];
  });
  return `// Names of extensions\n${lines.join('')}`;
}

/** The first name of a code counts: later ones are aliases. */
function writeResultNames(registry: Registry): string {
  const names = new Map<number, string>();
  for (const [name, value] of registry.enums.get('VkResult') ?? []) {
    if (!names.has(Number(value))) names.set(Number(value), name);
  }
  const lines = [...names].map(([code, name]) => `  [${code}, '${name}'],\n`).join('');
  return `/** Names of VkResult codes. */\nexport const VK_RESULT_NAMES: ReadonlyMap<number, string> = new Map([\n${lines}]);\n`;
}
