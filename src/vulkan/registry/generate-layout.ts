// Lays structs out as a C compiler does on a 64-bit machine, and finds which structs are needed. Knows
// the registry as plain data; writes nothing.
import type { Declaration, Registry, RegistryType } from './generate-registry.ts';
import type { MemberLayout, PointerTarget, ScalarType, StructLayout } from './layout.ts';
import { chainedStructs, nullStructs } from './selection.ts';

const SCALARS: ReadonlyMap<string, ScalarType> = new Map([
  ['uint8_t', 'u8'],
  ['char', 'char'],
  ['int32_t', 'i32'],
  ['int', 'i32'],
  ['uint32_t', 'u32'],
  ['float', 'f32'],
  ['int64_t', 'i64'],
  ['uint64_t', 'u64'],
  ['size_t', 'size'],
  ['VkBool32', 'bool32'],
]);

const SIZES: Readonly<Record<ScalarType | 'pointer', number>> = {
  u8: 1,
  char: 1,
  i32: 4,
  u32: 4,
  f32: 4,
  bool32: 4,
  i64: 8,
  u64: 8,
  size: 8,
  handle: 8,
  pointer: 8,
};

/** The scalar that a C type is on a 64-bit machine, or undefined for a struct and for void. */
export function scalarOf(registry: Registry, name: string): ScalarType | undefined {
  const known = SCALARS.get(name);
  if (known !== undefined) return known;
  const type = registry.types.get(name);
  if (type?.category === 'handle') return 'handle';
  if (type?.category === 'enum') return name.includes('FlagBits') ? 'u32' : 'i32';
  if (type?.category === 'basetype' || type?.category === 'bitmask') {
    return type.underlying === undefined ? undefined : scalarOf(registry, type.underlying);
  }
  return undefined;
}

/** What a pointer declaration points to. */
export function targetOf(registry: Registry, declaration: Declaration): PointerTarget {
  const { type, pointers } = declaration;
  if (type === 'char') return pointers === 1 ? 'string' : 'strings';
  if (pointers > 1) return 'pointer';
  if (pointers === 0) return 'function';
  const scalar = scalarOf(registry, type);
  if (scalar !== undefined) return scalar;
  const known = structOf(registry, type) !== undefined && !nullStructs.includes(type);
  return known ? (type as PointerTarget) : 'void';
}

function structOf(registry: Registry, name: string): RegistryType | undefined {
  const type = registry.types.get(name);
  return type?.category === 'struct' ? type : undefined;
}

/**
 * The structs that the selected commands take, those that are chained, and those they contain or
 * point to, sorted by name.
 */
export function neededStructs(registry: Registry, commands: readonly string[]): readonly string[] {
  const needed = new Set<string>();
  const visit = (name: string): void => {
    const type = structOf(registry, name);
    if (type === undefined || needed.has(name) || nullStructs.includes(name)) return;
    needed.add(name);
    for (const member of type.members) visit(member.type);
  };
  for (const name of chainedStructs) visit(name);
  for (const name of commands) {
    for (const parameter of registry.commands.get(name)?.parameters ?? []) visit(parameter.type);
  }
  return [...needed].sort();
}

/** The layout of a struct by the C rules: each member at a multiple of its alignment. */
export function layoutOf(registry: Registry, name: string): StructLayout {
  return place(registry, name).layout;
}

function place(registry: Registry, name: string): { layout: StructLayout; alignment: number } {
  const struct = structOf(registry, name);
  if (struct === undefined) throw new TypeError(`Cannot lay out ${name}: the registry has no such struct`);
  const members: Record<string, MemberLayout> = {};
  let end = 0;
  let alignment = 1;
  for (const member of struct.members) {
    const shape = shapeOf(registry, member);
    const offset = roundUp(end, shape.alignment);
    members[member.name] = shape.at(offset);
    end = offset + shape.size * (member.length ?? 1);
    alignment = Math.max(alignment, shape.alignment);
  }
  const sType = sTypeOf(registry, struct);
  return {
    layout: { size: roundUp(end, alignment), ...(sType === undefined ? {} : { sType }), members },
    alignment,
  };
}

interface Shape {
  readonly size: number;
  readonly alignment: number;
  /** The member's row in the table, at an offset. */
  readonly at: (offset: number) => MemberLayout;
}

/** How one element of a member lies in memory. */
function shapeOf(registry: Registry, declaration: Declaration): Shape {
  const { type, pointers } = declaration;
  const length = declaration.length === undefined ? {} : { length: declaration.length };
  const scalar = pointers > 0 ? undefined : scalarOf(registry, type);
  if (scalar !== undefined) {
    const size = SIZES[scalar];
    return { size, alignment: size, at: (offset) => ({ offset, type: scalar, ...length }) };
  }
  if (pointers === 0 && structOf(registry, type) !== undefined) {
    const { layout, alignment } = place(registry, type);
    return {
      size: layout.size,
      alignment,
      at: (offset) => ({ offset, type: 'struct', name: type, ...length }),
    };
  }
  const to = targetOf(registry, declaration);
  return {
    size: SIZES.pointer,
    alignment: SIZES.pointer,
    at: (offset) => ({ offset, type: 'pointer', to, ...length }),
  };
}

function sTypeOf(registry: Registry, struct: RegistryType): number | undefined {
  const [first] = struct.members;
  if (first?.type !== 'VkStructureType' || first.values === undefined) return undefined;
  return Number(registry.enums.get('VkStructureType')?.get(first.values));
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
