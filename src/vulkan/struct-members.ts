// Reads and writes the members of a struct at an offset of its memory, by the generated tables. The
// recursion into embedded structs and inline arrays is here; what pointers accept is in pointer.ts.
import { GuestmarkError } from '../base/errors.ts';
import { textOf } from './native-memory.ts';
import { setPointer } from './pointer.ts';
import type { MemberLayout, StructLayout } from './registry/layout.ts';
import { type StructName, structTable } from './registry/structs.ts';
import { scalars } from './scalar.ts';

/** Any value that reading a struct can give. */
export type PlainValue = number | bigint | boolean | string | Plain | readonly PlainValue[];

/** A struct read into a plain object. */
export type Plain = { readonly [member: string]: PlainValue };

/** Writes the sType, embedded ones included, and every member of `values`. */
export function writeMembers(name: string, memory: ArrayBuffer, base: number, values: object): void {
  const view = new DataView(memory);
  for (const [offset, sType] of sTypesOf(name)) view.setInt32(base + offset, sType, true);
  for (const [member, value] of Object.entries(values)) writeMember(name, memory, base, member, value);
}

/** Writes one member of the struct at `base`. */
export function writeMember(
  name: string,
  memory: ArrayBuffer,
  base: number,
  member: string,
  value: unknown,
): void {
  const shape = memberOf(name, member, 'set');
  try {
    writeValue(shape, memory, base + shape.offset, value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new GuestmarkError('vulkan', `Cannot set "${member}" of ${name}: ${error.message}`);
  }
}

/** Reads all members of the struct at `base` into a plain object. */
export function readMembers(name: string, memory: ArrayBuffer, base: number): Plain {
  const members = Object.entries(layoutOf(name).members);
  return Object.fromEntries(
    members.map(([member, shape]) => [member, readValue(shape, memory, base + shape.offset)]),
  );
}

/** Reads one member of the struct at `base`. */
export function readMember(name: string, memory: ArrayBuffer, base: number, member: string): PlainValue {
  const shape = memberOf(name, member, 'read');
  return readValue(shape, memory, base + shape.offset);
}

function layoutOf(name: string): StructLayout {
  return structTable[name as StructName];
}

function memberOf(name: string, member: string, action: 'set' | 'read'): MemberLayout {
  const { members } = layoutOf(name);
  if (Object.hasOwn(members, member)) return members[member] as MemberLayout;
  const known = Object.keys(members).join(', ');
  throw new GuestmarkError(
    'vulkan',
    `Cannot ${action} "${member}" of ${name}: no such member; the members are ${known}`,
  );
}

const sTypes = new Map<string, readonly (readonly [number, number])[]>();

/** Where sTypes lie in a struct: its own, and those of the structs embedded in it. */
function sTypesOf(name: string): readonly (readonly [number, number])[] {
  const known = sTypes.get(name);
  if (known !== undefined) return known;
  const { sType, members } = layoutOf(name);
  const found: (readonly [number, number])[] = sType === undefined ? [] : [[0, sType]];
  for (const member of Object.values(members)) {
    if (member.type !== 'struct') continue;
    for (let index = 0; index < (member.length ?? 1); index++) {
      const base = member.offset + index * bytesOf(member);
      found.push(...sTypesOf(member.name).map(([offset, inner]) => [base + offset, inner] as const));
    }
  }
  sTypes.set(name, found);
  return found;
}

function bytesOf(member: MemberLayout): number {
  if (member.type === 'struct') return layoutOf(member.name).size;
  return member.type === 'pointer' ? 8 : scalars[member.type].bytes;
}

function writeValue(member: MemberLayout, memory: ArrayBuffer, offset: number, value: unknown): void {
  if (member.length === undefined) {
    writeOne(member, memory, offset, value);
    return;
  }
  const elements = typeof value === 'string' ? [...new TextEncoder().encode(value), 0] : value;
  if (!Array.isArray(elements)) throw new RangeError('the member is an array');
  if (elements.length > member.length)
    throw new RangeError(`${elements.length} elements do not fit in ${member.length}`);
  for (const [index, element] of elements.entries()) {
    writeOne(member, memory, offset + index * bytesOf(member), element);
  }
}

function writeOne(member: MemberLayout, memory: ArrayBuffer, offset: number, value: unknown): void {
  if (member.type === 'pointer') {
    setPointer(memory, offset, member.to, value);
  } else if (member.type === 'struct') {
    if (typeof value !== 'object' || value === null) throw new RangeError(`a ${member.name} is an object`);
    writeMembers(member.name, memory, offset, value);
  } else {
    scalars[member.type].write(new DataView(memory), offset, value);
  }
}

function readValue(member: MemberLayout, memory: ArrayBuffer, offset: number): PlainValue {
  if (member.length === undefined) return readOne(member, memory, offset);
  if (member.type === 'char') return textOf(new Uint8Array(memory, offset, member.length));
  return Array.from({ length: member.length }, (_, index) =>
    readOne(member, memory, offset + index * bytesOf(member)),
  );
}

function readOne(member: MemberLayout, memory: ArrayBuffer, offset: number): PlainValue {
  if (member.type === 'struct') return readMembers(member.name, memory, offset);
  return scalars[member.type === 'pointer' ? 'u64' : member.type].read(new DataView(memory), offset);
}
