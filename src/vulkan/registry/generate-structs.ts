// Writes structs.ts: the layout tables and the TypeScript types of what can be set and read. Decides
// the text only; the layouts come from generate-layout.ts.
import { layoutOf } from './generate-layout.ts';
import type { Registry } from './generate-registry.ts';
import type { MemberLayout, PointerTarget, ScalarType, StructLayout } from './layout.ts';

const READ_TYPES: Readonly<Record<ScalarType, string>> = {
  u8: 'number',
  char: 'number',
  i32: 'number',
  u32: 'number',
  f32: 'number',
  bool32: 'boolean',
  i64: 'bigint',
  u64: 'bigint',
  size: 'bigint',
  handle: 'bigint',
};

/** The text of structs.ts for the structs named. */
export function generateStructs(registry: Registry, names: readonly string[]): string {
  const layouts = new Map(names.map((name) => [name, layoutOf(registry, name)]));
  const blocks = [...layouts].map(([name, layout]) => writeTypes(name, layout));
  const tables = [...layouts].map(([name, layout]) => writeTable(name, layout));
  return [
    writeImports(blocks.join('\n')),
    ...blocks,
    writeMap('StructInputs', 'What `struct()` accepts, by struct name.', names, (name) => `${name}Input`),
    writeMap('StructValues', 'What reading a struct gives, by struct name.', names, (name) => name),
    '/** The structs that have a table. */\nexport type StructName = keyof StructValues;\n',
    `/** Layouts on a 64-bit machine, by struct name. */\nexport const structTable: Readonly<Record<StructName, StructLayout>> = {\n${tables.join('')}};\n`,
  ].join('\n');
}

function writeImports(body: string): string {
  const pointers = [
    'AnyPointer',
    'BigintPointer',
    'NumberPointer',
    'StringPointer',
    'StringsPointer',
    'StructPointer',
  ];
  const used = pointers.filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  return `import type { ${[...used, 'StructLayout'].join(', ')} } from './layout.ts';\n`;
}

function writeMap(
  name: string,
  comment: string,
  structs: readonly string[],
  type: (name: string) => string,
): string {
  const lines = structs.map((struct) => `  ${struct}: ${type(struct)};\n`).join('');
  return `/** ${comment} */\nexport interface ${name} {\n${lines}}\n`;
}

function writeTypes(name: string, layout: StructLayout): string {
  const members = Object.entries(layout.members);
  const read = members.map(([member, shape]) => `  readonly ${member}: ${readType(shape)};\n`).join('');
  const settable = members.filter(([member]) => !(member === 'sType' && layout.sType !== undefined));
  const input = settable.map(([member, shape]) => `  readonly ${member}?: ${inputType(shape)};\n`).join('');
  return `type ${name} = {\n${read}};\ninterface ${name}Input {\n${input}}\n`;
}

function readType(member: MemberLayout): string {
  if (member.type === 'char' && member.length !== undefined) return 'string';
  const one =
    member.type === 'pointer' ? 'bigint' : member.type === 'struct' ? member.name : READ_TYPES[member.type];
  return member.length === undefined ? one : `readonly ${one}[]`;
}

function inputType(member: MemberLayout): string {
  if (member.type === 'char' && member.length !== undefined) return 'string';
  const one = inputOne(member);
  if (member.length === undefined) return one;
  return one.includes('|') ? `readonly (${one})[]` : `readonly ${one}[]`;
}

function inputOne(member: MemberLayout): string {
  if (member.type === 'pointer') return pointerType(member.to);
  if (member.type === 'struct') return `${member.name}Input`;
  const type = READ_TYPES[member.type];
  return type === 'bigint' && member.type !== 'handle' ? 'number | bigint' : type;
}

function pointerType(to: PointerTarget): string {
  switch (to) {
    case 'string':
      return 'StringPointer';
    case 'strings':
      return 'StringsPointer';
    case 'function':
      return 'bigint';
    case 'void':
    case 'pointer':
      return 'AnyPointer';
    case 'handle':
    case 'u64':
    case 'i64':
    case 'size':
      return 'BigintPointer';
    default:
      return to.startsWith('Vk') ? `StructPointer<'${to}'>` : 'NumberPointer';
  }
}

function writeTable(name: string, layout: StructLayout): string {
  const head = [`size: ${layout.size}`, ...(layout.sType === undefined ? [] : [`sType: ${layout.sType}`])];
  const members = Object.entries(layout.members).map(
    ([member, shape]) => `      ${member}: ${writeMember(shape)},\n`,
  );
  const lines = head.map((line) => `    ${line},\n`).join('');
  return `  ${name}: {\n${lines}    members: {\n${members.join('')}    },\n  },\n`;
}

function writeMember(member: MemberLayout): string {
  const parts = [`offset: ${member.offset}`, `type: '${member.type}'`];
  if (member.type === 'pointer') parts.push(`to: '${member.to}'`);
  if (member.type === 'struct') parts.push(`name: '${member.name}'`);
  if (member.length !== undefined) parts.push(`length: ${member.length}`);
  return `{ ${parts.join(', ')} }`;
}
