// The one place of the timing layer that touches koffi. Loaded on first use, so that everything else
// works where the add-on does not; knows nothing of snapshots.
import { createRequire } from 'node:module';
import { endianness } from 'node:os';
import { type Available, available, unavailable } from '../base/availability.ts';

/** The C library's functions that a snapshot needs. Memory is passed by address: half the cost of a view. */
export interface Libc {
  /** clock_gettime(2): writes a struct timespec (16 bytes) to `address`; 0 when it succeeded. */
  clockGettime(clock: number, address: number): number;
  /** pread(2): the bytes read, or -1. */
  pread(fd: number, address: number, bytes: number, offset: number): number;
  /** getrusage(2): writes a struct rusage (144 bytes) to `address`; 0 when it succeeded. */
  getrusage(who: number, address: number): number;
  /** sysconf(3): a limit, or -1. */
  sysconf(name: number): number;
  /** prctl(2) with one argument: 0 when it succeeded. */
  prctl(option: number, argument: number): number;
  /** sched_setaffinity(2) of a thread (0 is the calling one), with `bytes` of CPU bits at `address`. */
  schedSetaffinity(thread: number, bytes: number, address: number): number;
  /** Maps machine code as executable and not writable; it lives until the process ends. */
  mapCode(code: Uint8Array): Available<MachineCode>;
  /** The address of memory that must stay referenced and must not be transferred while it is used. */
  addressOf(memory: ArrayBuffer): number;
}

/** Machine code under the System V calling convention: two 32-bit numbers and the address of a result. */
export type MachineCode = (first: number, second: number, resultAddress: number) => void;

/** Numbers of the Linux headers, the same on every architecture that Node supports. */
export const CLOCK = { MONOTONIC: 1, THREAD_CPUTIME_ID: 3, MONOTONIC_RAW: 4 } as const;
export const RUSAGE_THREAD = 1;
export const SC_CLK_TCK = 2;
export const PR_SET_PDEATHSIG = 1;

let opened: Available<Libc> | undefined;

/** The C library of this process, or why it cannot be called. */
export function openLibc(): Available<Libc> {
  opened ??= bindLibc();
  return opened;
}

function bindLibc(): Available<Libc> {
  if (process.platform !== 'linux')
    return unavailable(`the layouts are those of Linux, not ${process.platform}`);
  try {
    const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
    // timespec and rusage are read as pairs of 32-bit words, low word first.
    if (koffi.sizeof('long') !== 8 || endianness() !== 'LE') {
      return unavailable('the layouts are those of 64-bit little-endian Linux');
    }
    return available(bindFunctions(koffi));
  } catch (error) {
    return unavailable(`koffi: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
  }
}

function bindFunctions(koffi: typeof import('koffi')): Libc {
  // The running process itself: it contains the C library whatever that is called (glibc, musl).
  const library = koffi.load(null);
  const bind = <F>(declaration: string): F => library.func(declaration) as unknown as F;
  return {
    clockGettime: bind<Libc['clockGettime']>('int clock_gettime(int clock, uintptr_t time)'),
    pread: bind<Libc['pread']>('long pread(int fd, uintptr_t buffer, size_t bytes, long offset)'),
    getrusage: bind<Libc['getrusage']>('int getrusage(int who, uintptr_t usage)'),
    sysconf: bind<Libc['sysconf']>('long sysconf(int name)'),
    prctl: bind<Libc['prctl']>('int prctl(int option, unsigned long argument)'),
    schedSetaffinity: bind<Libc['schedSetaffinity']>(
      'int sched_setaffinity(int thread, size_t bytes, uintptr_t mask)',
    ),
    mapCode: (code) => mapCode(koffi, bind, code),
    addressOf: (memory) => Number(koffi.address(memory)),
  };
}

const PAGE_BYTES = 4096;
const PROT_READ = 1;
const PROT_WRITE = 2;
const PROT_EXEC = 4;
const MAP_PRIVATE_ANONYMOUS = 0x22;

function mapCode(
  koffi: typeof import('koffi'),
  bind: <F>(declaration: string) => F,
  code: Uint8Array,
): Available<MachineCode> {
  if (code.length > PAGE_BYTES) throw new RangeError('Cannot map code: longer than a page');
  const mmap = bind<(...args: (number | null)[]) => bigint | null>(
    'void *mmap(void *address, size_t bytes, int protection, int flags, int fd, long offset)',
  );
  const mprotect = bind<(page: bigint, bytes: number, protection: number) => number>(
    'int mprotect(void *page, size_t bytes, int protection)',
  );
  const page = mmap(null, PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
  // MAP_FAILED is the pointer -1.
  if (page === null || BigInt.asIntN(64, page) === -1n) return unavailable('no page can be mapped');
  new Uint8Array(koffi.view(page, PAGE_BYTES)).set(code);
  if (mprotect(page, PAGE_BYTES, PROT_READ | PROT_EXEC) !== 0) {
    return unavailable('this system forbids new executable pages');
  }
  const prototype = koffi.proto('void (uint32_t first, uint32_t second, uintptr_t result)');
  return available(koffi.decode(page, prototype) as MachineCode);
}
