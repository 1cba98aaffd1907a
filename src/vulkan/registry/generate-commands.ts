// Writes commands.ts: the TypeScript types of the commands, by the object they are called on, and the
// table of their signatures by which a binding declares them to native code.
import { scalarOf, targetOf } from './generate-layout.ts';
import type { Declaration, Registry, RegistryCommand } from './generate-registry.ts';
import type { CommandParameter, CommandSignature } from './layout.ts';
import { nullStructs } from './selection.ts';

const INTERFACES: readonly (readonly [CommandSignature['level'], string, string])[] = [
  ['global', 'GlobalCommands', 'Commands that need no instance.'],
  ['instance', 'InstanceCommands', 'Commands of an instance and its physical devices.'],
  ['device', 'DeviceCommands', 'Commands of a device, its queues and its command buffers.'],
];

/** The text of commands.ts for the commands named. */
export function generateCommands(registry: Registry, names: readonly string[]): string {
  const signatures = names.map((name): [string, CommandSignature] => [name, signatureOf(registry, name)]);
  const interfaces = INTERFACES.map(([level, name, comment]) => {
    const lines = signatures.filter(([, signature]) => signature.level === level).map(writeType);
    return `/** ${comment} */\nexport interface ${name} {\n${lines.join('')}}\n`;
  });
  const rows = signatures.map(([name, signature]) => writeSignature(name, signature)).join('');
  return [
    "import type { CommandSignature } from './layout.ts';\n",
    ...interfaces,
    '/** The commands that have a signature. */\nexport type CommandName = keyof GlobalCommands | keyof InstanceCommands | keyof DeviceCommands;\n',
    `/** Signatures by command name. */\nexport const commandTable: Readonly<Record<CommandName, CommandSignature>> = {\n${rows}};\n`,
  ].join('\n');
}

function signatureOf(registry: Registry, name: string): CommandSignature {
  const command = registry.commands.get(name);
  if (command === undefined) throw new TypeError(`Cannot write ${name}: the registry has no such command`);
  return {
    level: levelOf(command),
    from: command.from,
    extension: !command.from.startsWith('VK_VERSION_'),
    returns: returnsOf(command),
    parameters: command.parameters.map((parameter) => parameterOf(registry, parameter)),
  };
}

function levelOf(command: RegistryCommand): CommandSignature['level'] {
  const first = command.parameters[0]?.type;
  if (first === 'VkInstance' || first === 'VkPhysicalDevice') return 'instance';
  return ['VkDevice', 'VkQueue', 'VkCommandBuffer'].includes(first ?? '') ? 'device' : 'global';
}

function returnsOf(command: RegistryCommand): CommandSignature['returns'] {
  if (command.returns === 'VkResult' || command.returns === 'void') return command.returns;
  throw new TypeError(`Cannot write ${command.name}: it returns ${command.returns}`);
}

function parameterOf(registry: Registry, declaration: Declaration): CommandParameter {
  const { name, type, pointers, constant, len } = declaration;
  const handle = scalarOf(registry, type) === 'handle' ? { handle: type as `Vk${string}` } : {};
  if (pointers === 0) {
    const scalar = scalarOf(registry, type);
    if (scalar === undefined) throw new TypeError(`Cannot write ${name}: ${type} is passed by value`);
    return { name, type: scalar, ...handle };
  }
  const of = nullStructs.includes(type) ? ('void' as const) : targetOf(registry, declaration);
  if (of === 'string') return { name, type: 'string' };
  const flags = { ...(constant ? { constant: true as const } : {}), ...(len === undefined ? {} : { len }) };
  const only = nullStructs.includes(type) ? { onlyNull: true as const } : {};
  return { name, type: 'pointer', of, ...handle, ...flags, ...only };
}

function writeType([name, signature]: [string, CommandSignature]): string {
  const returns = signature.returns === 'VkResult' ? 'number' : 'void';
  const parameters = signature.parameters
    .map((parameter) => `    ${parameter.name}: ${typeOf(parameter)},\n`)
    .join('');
  return `  ${name}(\n${parameters}  ): ${returns};\n`;
}

function typeOf(parameter: CommandParameter): string {
  if (parameter.onlyNull) return 'null';
  switch (parameter.type) {
    case 'pointer':
      return 'ArrayBuffer | null';
    case 'string':
      return 'string | null';
    case 'handle':
      return 'bigint';
    case 'u64':
    case 'i64':
    case 'size':
      return 'number | bigint';
    default:
      return 'number';
  }
}

function writeSignature(name: string, signature: CommandSignature): string {
  const parameters = signature.parameters
    .map((parameter) => `      ${writeParameter(parameter)},\n`)
    .join('');
  const { level, from, extension, returns } = signature;
  return (
    `  ${name}: {\n    level: '${level}',\n    from: '${from}',\n    extension: ${extension},\n` +
    `    returns: '${returns}',\n    parameters: [\n${parameters}    ],\n  },\n`
  );
}

function writeParameter(parameter: CommandParameter): string {
  const parts = Object.entries(parameter).map(
    ([key, value]) => `${key}: ${value === true ? 'true' : `'${value}'`}`,
  );
  return `{ ${parts.join(', ')} }`;
}
