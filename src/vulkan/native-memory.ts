// Addresses of JavaScript memory for native code, and what keeps that memory alive. Knows no struct
// and no command.
import { createRequire } from 'node:module';

const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');

/** Memory that other memory points to, by the offset of the pointer. */
const pointedTo = new WeakMap<ArrayBuffer, Map<number, ArrayBuffer>>();

/** The address of `memory`, which must stay referenced while native code may use it. 0n if it is empty. */
export function addressOf(memory: ArrayBuffer): bigint {
  return memory.byteLength === 0 ? 0n : koffi.address(memory);
}

/** Writes the address of `target` into `memory` at `offset`, and keeps `target` alive as long as `memory` lives. */
export function writePointer(
  memory: ArrayBuffer,
  offset: number,
  target: ArrayBuffer,
  targetOffset = 0,
): void {
  new DataView(memory).setBigUint64(offset, addressOf(target) + BigInt(targetOffset), true);
  let kept = pointedTo.get(memory);
  if (kept === undefined) {
    kept = new Map();
    pointedTo.set(memory, kept);
  }
  kept.set(offset, target);
}

/** Writes an address that the caller keeps alive, or 0n; drops what was kept alive for that pointer. */
export function writeAddress(memory: ArrayBuffer, offset: number, address: bigint): void {
  new DataView(memory).setBigUint64(offset, address, true);
  pointedTo.get(memory)?.delete(offset);
}

/** A null-terminated UTF-8 string. */
export function nullTerminated(text: string): ArrayBuffer {
  const bytes = new TextEncoder().encode(text);
  const memory = new ArrayBuffer(bytes.length + 1);
  new Uint8Array(memory).set(bytes);
  return memory;
}

/** The text up to the first zero byte. */
export function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
