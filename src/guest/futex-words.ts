// Words that two threads hand to each other by futex(2), at the same place for both: a file in memory that each of them
// maps. What pthread condition variables, and with them drivers, wait by.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { Libc } from '../timing/libc.ts';

/** Numbers of the system calls; other architectures have others. */
const CALLS: Readonly<
  Record<string, { readonly futex: number; readonly memfd: number; readonly truncate: number }>
> = {
  x64: { futex: 202, memfd: 319, truncate: 77 },
  arm64: { futex: 98, memfd: 279, truncate: 46 },
};
const FUTEX_WAIT = 0;
const FUTEX_WAKE = 1;
const MFD_CLOEXEC = 1;
const BYTES = 4096;
const ETIMEDOUT = 110;

/** Places of the words, each in a cache line of its own. */
export const WORD = { request: 0, answer: 16, answered: 32, stop: 48 } as const;

/** A wait looks at least so often whether it should end. */
const WAIT_NS = 100e6;

/** The words as one thread sees them. */
export interface FutexWords {
  /** For `Atomics` only: another thread writes here too. */
  readonly words: Int32Array;
  /** Sets a word to 1 and wakes who sleeps on it. */
  hand(place: number): void;
  /** Sleeps until a word is no longer 0, sets it to 0, and says so; false after 0.1 s. */
  take(place: number): boolean;
  unmap(): void;
}

/** A file for the words, to be closed when both have mapped it. */
export function createFutexFile(libc: Libc): Available<number> {
  const calls = CALLS[process.arch];
  if (calls === undefined) return unavailable(`the number of futex(2) is not known for ${process.arch}`);
  const name = new Uint8Array(new ArrayBuffer(8));
  name[0] = 0x67;
  const fd = libc.syscall(calls.memfd, libc.addressOf(name.buffer), MFD_CLOEXEC, 0, 0, 0);
  name.fill(0);
  if (fd < 0) return unavailable(`memfd_create is refused (errno ${libc.errno()})`);
  // Memory behind the end of a file is mapped all the same, and ends whoever touches it.
  if (libc.syscall(calls.truncate, fd, BYTES, 0, 0, 0) === 0) return available(fd);
  libc.close(fd);
  return unavailable('ftruncate of a file in memory is refused');
}

/** Maps the words for the calling thread. */
export function mapFutexWords(libc: Libc, fd: number): Available<FutexWords> {
  const calls = CALLS[process.arch];
  if (calls === undefined) return unavailable(`the number of futex(2) is not known for ${process.arch}`);
  const mapped = libc.mapShared(fd, BYTES);
  if (!mapped.available) return mapped;
  const { memory, unmap } = mapped.value;
  const words = new Int32Array(memory);
  const address = libc.addressOf(memory);
  const timeout = new BigInt64Array([0n, BigInt(WAIT_NS)]);
  const timeoutAddress = libc.addressOf(timeout.buffer);
  const { futex } = calls;
  return available({
    words,
    hand: (place) => {
      Atomics.store(words, place, 1);
      libc.syscall(futex, address + 4 * place, FUTEX_WAKE, 1, 0, 0);
    },
    take: (place) => {
      while (Atomics.load(words, place) === 0) {
        const status = libc.syscall(futex, address + 4 * place, FUTEX_WAIT, 0, timeoutAddress, 0);
        if (status !== 0 && libc.errno() === ETIMEDOUT) return false;
      }
      Atomics.store(words, place, 0);
      return true;
    },
    unmap: () => {
      unmap();
      // The address alone does not keep the memory of the limit from being collected.
      timeout.fill(0n);
    },
  });
}
