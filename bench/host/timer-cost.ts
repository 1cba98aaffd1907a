// What a look at each clock costs: a guest whose clocks are not read in user space pays a system call for every stamp, or
// even an exit to its hypervisor.
import { allOf, compareElements, defineHostBenchmark, type HostContext } from 'guestmark';
import { CLOCK, openTsc } from 'guestmark/timing';
import { guestLibc, required } from '../parts/guest-machine.ts';

/** A clock to read; `calls` as an operation has it. */
interface Timer {
  readonly read: () => number;
  readonly calls: number;
}

type OpenTimer = (host: HostContext) => Timer;

/** By the values of the axis. */
const TIMERS: readonly OpenTimer[] = [
  kernelClock(CLOCK.MONOTONIC),
  kernelClock(CLOCK.MONOTONIC_RAW),
  kernelClock(CLOCK.THREAD_CPUTIME_ID),
  // Node's own binding: no call of koffi, but an array for every reading.
  () => ({ read: hrtimeNs, calls: 0 }),
  () => ({ read: required('timer-cost', openTsc()).read, calls: 1 }),
];

export default defineHostBenchmark({
  name: 'timer-cost',
  summary:
    'Time of one look at a clock: 0 CLOCK_MONOTONIC, 1 CLOCK_MONOTONIC_RAW, 2 CLOCK_THREAD_CPUTIME_ID, 3 process.hrtime, 4 RDTSC',
  category: 'host',
  explanation: {
    method:
      'One reading, repeated until a sample takes some 20 µs. 0 to 2 are clock_gettime through koffi, 3 is that of Node, 4 is the instruction in a function of machine code, through koffi too: what koffi takes for a call is in the figure, and told beside it as ours.',
    limit:
      'CLOCK_MONOTONIC and RAW are read in user space where the clock source allows it (tsc, kvm-clock, Hyper-V page); with another one each reading is a system call. CPU time of a thread always is one. RDTSC takes some 20 to 40 cycles, and microseconds where the hypervisor traps it.',
    verification: 'No reading is lower than the one before it, every one was made, and the clock moved.',
    sources: ['Linux, vdso(7)', 'clock_gettime(2)'],
  },
  axes: { clock: TIMERS.map((_, index) => index) },
  suites: { latency: { clock: [0, 4] }, host: {} },
  items: () => 1,
  itemName: 'readings',
  showsItemTime: true,
  requires: ({ clock }) =>
    TIMERS[clock] === undefined ? `clock is none of 0 to ${TIMERS.length - 1}` : null,
  operation: ({ clock }, host) => {
    guestLibc(host);
    const { read, calls } = (TIMERS[clock] as OpenTimer)(host);
    const first = read();
    let [last, readings, backwards] = [first, 0, 0];
    return {
      calls,
      run: () => {
        const now = read();
        if (now < last) backwards++;
        last = now;
        readings++;
      },
      verify: (count) =>
        allOf(
          compareElements('readings', [readings], [count]),
          compareElements('readings that ran backwards', [backwards], [0]),
          compareElements('clocks that moved', [Number(last > first || moves(read, first, host))], [1]),
        ),
    };
  },
});

/** Some clocks count in ticks of the kernel, of 10 ms at most. */
const LONGEST_TICK_NS = 100e6;

/** Whether a clock passes what it showed, within some ticks. */
function moves(read: () => number, first: number, { stamp }: HostContext): boolean {
  const untilNs = stamp.nowNs() + LONGEST_TICK_NS;
  while (stamp.nowNs() < untilNs) if (read() > first) return true;
  return false;
}

/** clock_gettime(2) into memory of its own; in ns since the second in which it was opened. */
function kernelClock(clock: number): OpenTimer {
  return (host) => {
    const { clockGettime, addressOf } = guestLibc(host);
    // struct timespec { int64 seconds; int64 nanoseconds }: the low words suffice.
    const timespec = new Int32Array(new ArrayBuffer(16));
    const address = addressOf(timespec.buffer);
    clockGettime(clock, address);
    const epoch = timespec[0] as number;
    return {
      read: () => {
        clockGettime(clock, address);
        return ((timespec[0] as number) - epoch) * 1e9 + (timespec[2] as number);
      },
      calls: 1,
    };
  };
}

function hrtimeNs(): number {
  const [seconds, ns] = process.hrtime();
  return seconds * 1e9 + ns;
}
