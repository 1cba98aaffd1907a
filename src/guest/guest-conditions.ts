// What a guest is like around a case: where its threads run, and what its vCPUs do meanwhile. Everything here is undone by
// disposal, which a case leaves to its scope. Knows no Vulkan: whose threads are placed is told from outside.
import type { Available } from '../base/availability.ts';
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { type FutexPartner, startFutexPartner } from './futex-partner.ts';
import { placeThreads } from './place-threads.ts';
import { openSpinnerPool } from './spinner-pool.ts';

/** Conditions that a case can ask for; each is a reason where this machine does not allow it. */
export interface GuestConditions {
  /** The CPUs of the process, before the measuring thread was bound to one. */
  readonly cpus: Available<readonly number[]>;
  /** Confines threads of this process to some CPUs, `own` for the calling one, until disposal. */
  place(threads: readonly number[] | 'own', cpus: readonly number[]): Available<Disposable>;
  /**
   * Keeps all of {@link cpus} from idling, until disposal: a process on each of them spins under SCHED_IDLE, which runs only
   * where nothing else wants to and gives way at once. Resolves when they spin.
   */
  keepAwake(): Promise<Available<Disposable>>;
  /** A process of normal priority that computes on one CPU all the time, until disposal. Resolves when it does. */
  hog(cpu: number): Promise<Available<Disposable>>;
  /** A second thread of this process on some CPUs, to hand a word to. */
  futexPartner(cpus: readonly number[]): Promise<Available<FutexPartner>>;
}

/** Conditions of one process; disposing ends what it still has running. */
export function openGuestConditions(
  cpus: Available<readonly number[]>,
  files: SystemFiles = systemFiles(),
): GuestConditions & Disposable {
  const pool = openSpinnerPool();
  return {
    cpus,
    place: (threads, wanted) => placeThreads(threads, wanted, files),
    keepAwake: async () => (cpus.available ? pool.spin('idle', cpus.value) : cpus),
    hog: (cpu) => pool.spin('normal', [cpu]),
    futexPartner: startFutexPartner,
    [Symbol.dispose]: () => pool[Symbol.dispose](),
  };
}
