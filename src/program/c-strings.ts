// Lists of strings as C takes them: an array of pointers that ends with a null pointer, and the bytes behind it in
// the same memory, so that one reference keeps both alive.
import type { Libc } from '../timing/libc.ts';

/** Memory for C; it is alive as long as `memory` is referenced. */
export interface CStrings {
  readonly memory: ArrayBuffer;
  /** Address of the array of pointers (char *const []). */
  readonly address: number;
  /** Address of the first string; of the null pointer's place where there is none. */
  readonly firstAddress: number;
}

const POINTER_BYTES = 8;

/** Lays out strings in UTF-8, each ended by a zero byte. */
export function cStrings(libc: Pick<Libc, 'addressOf'>, strings: readonly string[]): CStrings {
  const bytes = strings.map((text) => Buffer.from(`${text}\0`));
  const tableBytes = (strings.length + 1) * POINTER_BYTES;
  const memory = new ArrayBuffer(bytes.reduce((sum, { length }) => sum + length, tableBytes));
  const address = libc.addressOf(memory);
  const pointers = new BigUint64Array(memory, 0, strings.length + 1);
  let offset = tableBytes;
  bytes.forEach((text, index) => {
    pointers[index] = BigInt(address + offset);
    new Uint8Array(memory).set(text, offset);
    offset += text.length;
  });
  return { memory, address, firstAddress: address + tableBytes };
}
