// Whether an output repeats: bit for bit inside a process, by its hash from one process to the next. A race in a kernel
// or a broken device shows there, without any reference. Pure.
import { createHash } from 'node:crypto';
import type { Elements } from './benchmark.ts';
import { bytesOf } from './element-types.ts';

/** A hash takes less than 2 GiB at once. */
const WINDOW_BYTES = 2 ** 28;

/** SHA-256 over the bytes of several outputs, one after the other, in hexadecimal. */
export function outputSha256(outputs: readonly Elements[]): string {
  const hash = createHash('sha256');
  for (const output of outputs) {
    const bytes = bytesOf(output);
    for (let offset = 0; offset < bytes.length; offset += WINDOW_BYTES)
      hash.update(bytes.subarray(offset, offset + WINDOW_BYTES));
  }
  return hash.digest('hex');
}

/**
 * How an output differs from what it was, as a sentence for a message; null where all bits are equal:
 * `y[17] is 3 and was 4 when the same work ran before (1 of 4096 values differ)`.
 */
export function describeChange(name: string, before: Elements, now: Elements): string | null {
  const [left, right] = [bytesOf(before), bytesOf(now)];
  if (Buffer.compare(left, right) === 0) return null;
  const size = now.BYTES_PER_ELEMENT;
  let differing = 0;
  let first = -1;
  for (let index = 0; index < now.length; index++) {
    if (isSame(left, right, index * size, size)) continue;
    differing++;
    if (first === -1) first = index;
  }
  const values = `${name}[${first}] is ${now[first]} and was ${before[first]}`;
  return `${values} when the same work ran before (${differing} of ${now.length} values differ)`;
}

/** By their bytes: a NaN equals itself, and −0 is not 0. */
function isSame(left: Uint8Array, right: Uint8Array, offset: number, size: number): boolean {
  for (let i = offset; i < offset + size; i++) if (left[i] !== right[i]) return false;
  return true;
}
