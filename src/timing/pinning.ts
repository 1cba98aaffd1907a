// Binds the calling thread to one CPU: counters per CPU then bound its steal narrowly, and nothing migrates.
// Which CPU is quiet is decided in quiet-cpu.ts.
import { type Available, available, unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { setAffinity } from './affinity.ts';
import { parseCpuTimes } from './cpu-times.ts';
import { type Libc, openLibc } from './libc.ts';
import { type PinnableCpus, pinnableCpus, type QuietCpu, quietestCpu } from './quiet-cpu.ts';
import { allowedCpus, formatCpuList } from './thread-cpus.ts';

/** `auto`: the quietest CPU; `none`: leave the thread alone; a number: that CPU. */
export type PinChoice = 'auto' | 'none' | number;

/** A thread that is bound to one CPU. Threads that it starts from then on inherit that. */
export interface Pin extends Disposable {
  readonly cpu: number;
  /** Why this CPU, in words. */
  readonly rule: string;
  /** Gives the thread the CPUs back that it had. To be called on the same thread. */
  restore(): void;
}

/** How long `auto` looks at /proc/stat: ten ticks. */
const LOOK_MS = 100;

/**
 * Binds the calling thread. With `auto` it sleeps for 0.1 s before, to see how busy the CPUs are.
 *
 * @returns The pin, or why the thread stays free.
 * @throws GuestmarkError (usage) when the CPU is none that this thread may run on.
 */
export function pinThread(choice: PinChoice, files: SystemFiles = systemFiles()): Available<Pin> {
  if (choice === 'none') return unavailable('pinning was not asked for');
  const cpus = pinnableCpus(files);
  if (!cpus.available) return cpus;
  const libc = openLibc();
  if (typeof choice === 'number') checkUsable(choice, cpus.value);
  if (!libc.available) return libc;
  const chosen =
    choice === 'auto'
      ? lookForQuiet(cpus.value, libc.value.schedGetcpu(), files)
      : available({ cpu: choice, rule: 'it was asked for' });
  return chosen.available ? bind(libc.value, chosen.value, files) : chosen;
}

/**
 * Moves the calling thread to a CPU of the process, also out of a binding that it inherited from the thread that started
 * it. For threads that end there.
 *
 * @returns The CPU, or why the thread stays where it was.
 */
export function moveThread(cpu: number): Available<number> {
  const libc = openLibc();
  if (!libc.available) return libc;
  return setAffinity(libc.value, [cpu])
    ? available(cpu)
    : unavailable(`sched_setaffinity refuses CPU ${cpu}`);
}

/** The CPU on which the calling thread runs now; where it is not pinned, it may be another one at once. */
export function currentCpu(): Available<number> {
  const libc = openLibc();
  if (!libc.available) return libc;
  const cpu = libc.value.schedGetcpu();
  return cpu >= 0 ? available(cpu) : unavailable('sched_getcpu is refused by this system');
}

function checkUsable(cpu: number, { usable }: PinnableCpus): void {
  if (usable.includes(cpu)) return;
  const state = 'it is not online or not allowed to this process';
  throw new GuestmarkError('usage', `Cannot pin to CPU ${cpu}: ${state}`, {
    hint: usable.length === 1 ? `CPU ${usable[0]} is` : `CPUs ${formatCpuList(usable)} are`,
  });
}

function lookForQuiet(cpus: PinnableCpus, current: number, files: SystemFiles): Available<QuietCpu> {
  const times = (): ReturnType<typeof parseCpuTimes> => {
    const text = files.read('/proc/stat');
    return text.available ? parseCpuTimes(text.value) : text;
  };
  const before = times();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS);
  const after = times();
  if (!before.available) return before;
  return after.available ? quietestCpu(cpus, before.value, after.value, current) : after;
}

function bind(libc: Libc, { cpu, rule }: QuietCpu, files: SystemFiles): Available<Pin> {
  const earlier = allowedCpus(files);
  if (!earlier.available) return earlier;
  if (!setAffinity(libc, [cpu])) return unavailable(`sched_setaffinity refuses CPU ${cpu}`);
  const restore = (): void => void setAffinity(libc, earlier.value);
  return available({ cpu, rule, restore, [Symbol.dispose]: restore });
}
