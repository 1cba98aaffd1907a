// How much memory must be allocated so that it is new to the process: drivers keep small memory that was freed.

/** The C library keeps freed blocks of up to 32 MiB, and lavapipe takes its device memory from there. */
const LEAST_BYTES = 64 * 2 ** 20;

/** Bytes to allocate for `bytes` that nobody touched. */
export function freshBytes(bytes: number): number {
  return Math.max(LEAST_BYTES, bytes);
}
