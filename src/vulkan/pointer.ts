// What a pointer member accepts: memory of ours, text, lists that are packed by the type pointed to,
// or a raw address. Keeps alive what it points to, and copies nothing that is memory already.
import { nullTerminated, writeAddress, writePointer } from './native-memory.ts';
import type { PointerTarget, ScalarType } from './registry/layout.ts';
import { structTable } from './registry/structs.ts';
import { scalars } from './scalar.ts';

/**
 * Points the pointer at `offset` of `memory` to `value`.
 *
 * @throws RangeError for a value that cannot be pointed to, or is of another struct type.
 */
export function setPointer(memory: ArrayBuffer, offset: number, to: PointerTarget, value: unknown): void {
  if (value === null || typeof value === 'bigint') {
    writeAddress(memory, offset, value === null ? 0n : value);
  } else if (ArrayBuffer.isView(value)) {
    writePointer(memory, offset, value.buffer as ArrayBuffer, value.byteOffset);
  } else {
    writePointer(memory, offset, memoryOf(value, to));
  }
}

function memoryOf(value: unknown, to: PointerTarget): ArrayBuffer {
  if (value instanceof ArrayBuffer) return value;
  if (typeof value === 'string') return stringMemory(value, to);
  if (Array.isArray(value)) return to === 'strings' ? packStrings(value) : packScalars(value, to);
  if (isMemoryOwner(value)) return structMemory(value, to);
  throw new RangeError(`${String(value)} is not memory, null or an address`);
}

function stringMemory(value: string, to: PointerTarget): ArrayBuffer {
  if (to !== 'string' && to !== 'void') throw new RangeError('the member does not point to text');
  return nullTerminated(value);
}

function isMemoryOwner(value: unknown): value is { readonly memory: ArrayBuffer; readonly name?: string } {
  return (
    typeof value === 'object' && value !== null && 'memory' in value && value.memory instanceof ArrayBuffer
  );
}

/** A struct of another type is refused, where both types are known. */
function structMemory(value: { memory: ArrayBuffer; name?: string }, to: PointerTarget): ArrayBuffer {
  const known = value.name !== undefined && Object.hasOwn(structTable, value.name);
  if (known && to !== 'void' && value.name !== to) throw new RangeError(`${value.name} is not ${to}`);
  return value.memory;
}

function packStrings(texts: readonly unknown[]): ArrayBuffer {
  const pointers = new ArrayBuffer(8 * texts.length);
  for (const [index, text] of texts.entries()) {
    if (typeof text !== 'string') throw new RangeError(`element ${index} is not text`);
    writePointer(pointers, 8 * index, nullTerminated(text));
  }
  return pointers;
}

function packScalars(values: readonly unknown[], to: PointerTarget): ArrayBuffer {
  if (!Object.hasOwn(scalars, to)) throw new RangeError('the member does not point to numbers');
  const scalar = scalars[to as ScalarType];
  const memory = new ArrayBuffer(scalar.bytes * values.length);
  const view = new DataView(memory);
  for (const [index, value] of values.entries()) scalar.write(view, index * scalar.bytes, value);
  return memory;
}
