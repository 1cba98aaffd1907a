// The one place of the timing layer that touches koffi. Loaded on first use, so that everything else
// works where the add-on does not; knows nothing of snapshots.
import { createRequire } from 'node:module';
import { endianness } from 'node:os';
import { type Available, available, unavailable } from '../base/availability.ts';

/** The C library's functions that a snapshot needs. Memory is passed by address: half the cost of a view. */
export interface Libc {
  /** clock_gettime(2): writes a struct timespec (16 bytes) to `address`; 0 when it succeeded. */
  clockGettime(clock: number, address: number): number;
  /** clock_getres(2): writes the step that the kernel promises, as clock_gettime does. */
  clockGetres(clock: number, address: number): number;
  /** pread(2): the bytes read, or -1. */
  pread(fd: number, address: number, bytes: number, offset: number): number;
  /** close(2), for descriptors that Node did not open: its own call warns of those in a worker. */
  close(fd: number): number;
  /** getrusage(2): writes a struct rusage (144 bytes) to `address`; 0 when it succeeded. */
  getrusage(who: number, address: number): number;
  /** sysconf(3): a limit, or -1. */
  sysconf(name: number): number;
  /** prctl(2) with one argument: 0 when it succeeded. */
  prctl(option: number, argument: number): number;
  /** sched_setaffinity(2) of a thread (0 is the calling one), with `bytes` of CPU bits at `address`. */
  schedSetaffinity(thread: number, bytes: number, address: number): number;
  /** sched_setscheduler(2) of a thread (0 is the calling one), with a struct sched_param (4 bytes) at `address`. */
  schedSetscheduler(thread: number, policy: number, address: number): number;
  /** sched_getcpu(3): the CPU on which the calling thread runs, or -1. */
  schedGetcpu(): number;
  /** ioctl(2) with an address: -1 when it failed. */
  ioctl(fd: number, request: number, address: number): number;
  /** waitid(2): writes a siginfo_t (128 bytes) to `address`; 0 when it succeeded. */
  waitid(kind: number, id: number, address: number, options: number): number;
  /** wait4(2): writes the status (4 bytes) and a struct rusage (144 bytes); the process, 0, or -1. */
  wait4(pid: number, statusAddress: number, options: number, usageAddress: number): number;
  /** poll(2) of `count` struct pollfd (8 bytes each); the number that are ready, or -1. */
  poll(address: number, count: number, timeoutMs: number): number;
  /** fcntl(2) with a whole number: what it returned, or -1. */
  fcntl(fd: number, command: number, argument: number): number;
  /** posix_spawnp(3) with the addresses of all it takes; 0, or the error number. */
  posixSpawnp(
    pid: number,
    file: number,
    actions: number,
    attributes: number,
    argv: number,
    environment: number,
  ): number;
  /** posix_spawnattr_*(3) on memory of at least 336 bytes; 0, or the error number. */
  readonly spawnAttributes: {
    init(attributes: number): number;
    setFlags(attributes: number, flags: number): number;
    setDefaultSignals(attributes: number, signals: number): number;
    setSignalMask(attributes: number, signals: number): number;
    destroy(attributes: number): number;
  };
  /** posix_spawn_file_actions_*(3) on memory of at least 80 bytes; 0, or the error number. */
  readonly spawnActions: {
    init(actions: number): number;
    addOpen(actions: number, fd: number, path: string, flags: number, mode: number): number;
    addDup2(actions: number, fd: number, newFd: number): number;
    destroy(actions: number): number;
  };
  /** adjtimex(2): reads (modes 0) or sets the clock's discipline by a struct timex (208 bytes); -1 when refused. */
  adjtimex(address: number): number;
  /** syscall(2) with five arguments: what it returned, or -1. */
  syscall(number: number, ...args: [number, number, number, number, number]): number;
  /** memcpy(3): copies `bytes` from one address to another, which must not overlap. */
  memcpy(to: number, from: number, bytes: number): void;
  /** The error number of the last call that failed, on this thread. */
  errno(): number;
  /** mmap(2) of a descriptor, shared, for reading and writing: the memory, or why it cannot be mapped. */
  mapShared(fd: number, bytes: number): Available<SharedMapping>;
  /** Maps machine code as executable and not writable; it lives until the process ends. */
  mapCode(code: Uint8Array): Available<MachineCode>;
  /** The address of memory that must stay referenced and must not be transferred while it is used. */
  addressOf(memory: ArrayBuffer): number;
}

/** Memory that the kernel writes to as well. Must not be touched after it was unmapped. */
interface SharedMapping {
  readonly memory: ArrayBuffer;
  unmap(): void;
}

/** Machine code under the System V calling convention: two 32-bit numbers and the address of a result. */
export type MachineCode = (first: number, second: number, resultAddress: number) => void;

/** Numbers of the Linux headers, the same on every architecture that Node supports. */
export const CLOCK = { MONOTONIC: 1, THREAD_CPUTIME_ID: 3, MONOTONIC_RAW: 4 } as const;
export const RUSAGE_THREAD = 1;
export const SC_CLK_TCK = 2;
export const SC_PAGESIZE = 30;
export const PR_SET_PDEATHSIG = 1;
export const PR_SET_NAME = 15;
/** Runs only where nothing else wants to, and gives way at once. */
export const SCHED_IDLE = 5;

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
    const text = error instanceof Error ? error.message : String(error);
    return unavailable(`koffi: ${text.split('\n')[0]?.replace(/\.$/, '')}`);
  }
}

function bindFunctions(koffi: typeof import('koffi')): Libc {
  // The running process itself: it contains the C library whatever that is called (glibc, musl).
  const library = koffi.load(null);
  const bind = <F>(declaration: string): F => library.func(declaration) as unknown as F;
  return {
    clockGettime: bind<Libc['clockGettime']>('int clock_gettime(int clock, uintptr_t time)'),
    clockGetres: bind<Libc['clockGetres']>('int clock_getres(int clock, uintptr_t step)'),
    pread: bind<Libc['pread']>('long pread(int fd, uintptr_t buffer, size_t bytes, long offset)'),
    close: bind<Libc['close']>('int close(int fd)'),
    getrusage: bind<Libc['getrusage']>('int getrusage(int who, uintptr_t usage)'),
    sysconf: bind<Libc['sysconf']>('long sysconf(int name)'),
    prctl: bind<Libc['prctl']>('int prctl(int option, unsigned long argument)'),
    schedSetaffinity: bind<Libc['schedSetaffinity']>(
      'int sched_setaffinity(int thread, size_t bytes, uintptr_t mask)',
    ),
    schedSetscheduler: bind<Libc['schedSetscheduler']>(
      'int sched_setscheduler(int thread, int policy, uintptr_t parameters)',
    ),
    schedGetcpu: bind<Libc['schedGetcpu']>('int sched_getcpu()'),
    ioctl: bind<Libc['ioctl']>('int ioctl(int fd, unsigned long request, uintptr_t argument)'),
    waitid: bind<Libc['waitid']>('int waitid(int kind, unsigned int id, uintptr_t info, int options)'),
    ...bindProcessCalls(bind),
    adjtimex: bind<Libc['adjtimex']>('int adjtimex(uintptr_t timex)'),
    // Variadic in C; on the Linux ABIs of x86-64 and arm64 its integers travel as fixed arguments do.
    syscall: bind<Libc['syscall']>('long syscall(long number, long a, long b, long c, long d, long e)'),
    memcpy: bind<Libc['memcpy']>('void memcpy(uintptr_t to, uintptr_t from, size_t bytes)'),
    errno: () => koffi.errno(),
    mapShared: (fd, bytes) => mapShared(koffi, bind, fd, bytes),
    mapCode: (code) => mapCode(koffi, bind, code),
    addressOf: (memory) => Number(koffi.address(memory)),
  };
}

type ProcessCalls = Pick<
  Libc,
  'wait4' | 'poll' | 'fcntl' | 'posixSpawnp' | 'spawnAttributes' | 'spawnActions'
>;

/** What starts a process and waits for it. */
function bindProcessCalls(bind: <F>(declaration: string) => F): ProcessCalls {
  const attributes = <F>(name: string, argument: string): F =>
    bind<F>(`int posix_spawnattr_${name}(uintptr_t attributes${argument})`);
  return {
    wait4: bind<Libc['wait4']>('int wait4(int pid, uintptr_t status, int options, uintptr_t usage)'),
    poll: bind<Libc['poll']>('int poll(uintptr_t descriptors, unsigned long count, int milliseconds)'),
    // Variadic in C, as syscall(2) is.
    fcntl: bind<Libc['fcntl']>('int fcntl(int fd, int command, long argument)'),
    posixSpawnp: bind<Libc['posixSpawnp']>(
      'int posix_spawnp(uintptr_t pid, uintptr_t file, uintptr_t actions, uintptr_t attributes, uintptr_t argv, uintptr_t environment)',
    ),
    spawnAttributes: {
      init: attributes('init', ''),
      setFlags: attributes('setflags', ', short flags'),
      setDefaultSignals: attributes('setsigdefault', ', uintptr_t signals'),
      setSignalMask: attributes('setsigmask', ', uintptr_t signals'),
      destroy: attributes('destroy', ''),
    },
    spawnActions: {
      init: bind('int posix_spawn_file_actions_init(uintptr_t actions)'),
      addOpen: bind(
        'int posix_spawn_file_actions_addopen(uintptr_t actions, int fd, str path, int flags, unsigned int mode)',
      ),
      addDup2: bind('int posix_spawn_file_actions_adddup2(uintptr_t actions, int fd, int newFd)'),
      destroy: bind('int posix_spawn_file_actions_destroy(uintptr_t actions)'),
    },
  };
}

const PAGE_BYTES = 4096;
const PROT_READ = 1;
const PROT_WRITE = 2;
const PROT_EXEC = 4;
const MAP_PRIVATE_ANONYMOUS = 0x22;
const MAP_SHARED = 1;
const MMAP = 'void *mmap(void *address, size_t bytes, int protection, int flags, int fd, long offset)';

type Mmap = (...args: (number | null)[]) => bigint | null;

/** MAP_FAILED is the pointer -1. */
function isMapped(page: bigint | null): page is bigint {
  return page !== null && BigInt.asIntN(64, page) !== -1n;
}

function mapShared(
  koffi: typeof import('koffi'),
  bind: <F>(declaration: string) => F,
  fd: number,
  bytes: number,
): Available<SharedMapping> {
  const page = bind<Mmap>(MMAP)(null, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (!isMapped(page)) return unavailable(`mmap refuses ${bytes} bytes (errno ${koffi.errno()})`);
  const munmap = bind<(page: bigint, bytes: number) => number>('int munmap(void *page, size_t bytes)');
  return available({ memory: koffi.view(page, bytes), unmap: () => void munmap(page, bytes) });
}

function mapCode(
  koffi: typeof import('koffi'),
  bind: <F>(declaration: string) => F,
  code: Uint8Array,
): Available<MachineCode> {
  if (code.length > PAGE_BYTES) throw new RangeError('Cannot map code: longer than a page');
  const mmap = bind<Mmap>(MMAP);
  const mprotect = bind<(page: bigint, bytes: number, protection: number) => number>(
    'int mprotect(void *page, size_t bytes, int protection)',
  );
  const page = mmap(null, PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
  if (!isMapped(page)) return unavailable('no page can be mapped');
  new Uint8Array(koffi.view(page, PAGE_BYTES)).set(code);
  if (mprotect(page, PAGE_BYTES, PROT_READ | PROT_EXEC) !== 0) {
    return unavailable('this system forbids new executable pages');
  }
  const prototype = koffi.proto('void (uint32_t first, uint32_t second, uintptr_t result)');
  return available(koffi.decode(page, prototype) as MachineCode);
}
