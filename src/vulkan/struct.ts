// Vulkan structs in memory laid out by the generated tables: built from plain objects, read back into
// plain objects. What a struct points to stays alive as long as its memory. Knows no command.
import { GuestmarkError } from '../base/errors.ts';
import type { StructMemory } from './registry/layout.ts';
import { type StructInputs, type StructName, type StructValues, structTable } from './registry/structs.ts';
import { type Plain, readMember, readMembers, writeMember, writeMembers } from './struct-members.ts';

export type { Plain } from './struct-members.ts';

/** What reading gives: exact for a struct known by name, {@link Plain} for any. */
export type ValueOf<N extends StructName> = StructName extends N ? Plain : StructValues[N];

/** What can be set: exact for a struct known by name, checked only at run time for any. */
export type InputOf<N extends StructName> = StructName extends N
  ? Readonly<Record<string, unknown>>
  : StructInputs[N];

/** One struct in memory of its own. */
export interface Struct<N extends StructName = StructName> extends StructMemory<N> {
  /** Reads a member; a pointer gives its address. */
  get<M extends keyof ValueOf<N>>(member: M): ValueOf<N>[M];
  /**
   * Sets a member. Memory that was pointed to before is let go.
   *
   * @throws GuestmarkError (vulkan) for a member that does not exist or a value that does not fit.
   */
  set<M extends keyof InputOf<N>>(member: M, value: NonNullable<InputOf<N>[M]> | null): void;
}

/** Structs side by side in one memory, as commands take and fill arrays. */
export interface StructArray<N extends StructName = StructName> extends StructMemory<N> {
  readonly count: number;
  /** Reads the element at `index` into a plain object. */
  read(index: number): ValueOf<N>;
}

/**
 * A zeroed struct with its sType and the members given.
 *
 * @throws GuestmarkError (vulkan) for a member that does not exist or a value that does not fit.
 */
export function struct<N extends StructName>(name: N, values?: InputOf<N>): Struct<N> {
  const memory = new ArrayBuffer(structTable[name].size);
  writeMembers(name, memory, 0, values ?? {});
  return {
    name,
    memory,
    get: (member) => readMember(name, memory, 0, String(member)) as never,
    set: (member, value) => writeMember(name, memory, 0, String(member), value),
  };
}

/** Structs side by side, each with its sType and the members given. */
export function structArray<N extends StructName>(name: N, values: readonly InputOf<N>[]): StructArray<N> {
  const { size } = structTable[name];
  const memory = new ArrayBuffer(size * values.length);
  for (const [index, value] of values.entries()) writeMembers(name, memory, index * size, value);
  return { name, memory, count: values.length, read: (index) => readAt(name, memory, index) };
}

/** Room for `count` structs that a command fills; each has its sType. */
export function structArrayOf<N extends StructName>(name: N, count: number): StructArray<N> {
  return structArray(
    name,
    Array.from({ length: count }, (): InputOf<N> => ({}) as InputOf<N>),
  );
}

/** Reads all members of a struct into a plain object. */
export function readStruct<N extends StructName>(source: StructMemory<N>): ValueOf<N> {
  return readAt(source.name, source.memory, 0);
}

function readAt<N extends StructName>(name: N, memory: ArrayBuffer, index: number): ValueOf<N> {
  const { size } = structTable[name];
  if (!Number.isInteger(index) || index < 0 || (index + 1) * size > memory.byteLength) {
    const held = Math.floor(memory.byteLength / size);
    throw new GuestmarkError('vulkan', `Cannot read element ${index} of ${name}: the array holds ${held}`);
  }
  return readMembers(name, memory, index * size) as ValueOf<N>;
}

/** Handles side by side, for a `const VkFence *` and the like. */
export function handleArray(handles: readonly bigint[]): ArrayBuffer {
  const memory = new ArrayBuffer(8 * handles.length);
  new BigUint64Array(memory).set(handles);
  return memory;
}

/** Memory that a command writes one handle or address to. */
export interface OutHandle {
  readonly memory: ArrayBuffer;
  /** What the last command wrote. */
  readonly value: bigint;
}

/** Room for one handle or address; may be used again and again. */
export function outHandle(): OutHandle {
  const memory = new ArrayBuffer(8);
  const values = new BigUint64Array(memory);
  return {
    memory,
    get value() {
      return values[0] as bigint;
    },
  };
}
