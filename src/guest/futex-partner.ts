// A second thread of this process, to hand a word to and have another one back: what it costs to wake a thread on another
// vCPU, or on the same one, without any GPU.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Available, mapAvailable, unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { type Libc, openLibc } from '../timing/libc.ts';
import { createFutexFile, type FutexWords, mapFutexWords, WORD } from './futex-words.ts';
import type { FutexOrder, FutexReady } from './futex-worker.ts';

/** The thread. Disposing tells it to end, which it does at once, and waits for nothing; nothing may be called after it. */
export interface FutexPartner extends Disposable {
  /** Hands the word over and wakes the thread. */
  hand(): void;
  /**
   * Sleeps until the answer is there.
   *
   * @throws GuestmarkError (timeout) after 10 s without one.
   */
  take(): void;
  /** How often the thread has answered, as it counted. */
  answered(): number;
}

/** In tests the sources run uncompiled, but a thread needs JavaScript: it is taken from the build. */
const ENTRY = import.meta.url.endsWith('.ts') ? '../../dist/guest/futex-worker.js' : './futex-worker.js';
/** Waits of 0.1 s. */
const MOST_WAITS = 100;

/** Starts the thread on some CPUs and resolves when it waits for the word, or tells why it cannot be had. */
export async function startFutexPartner(cpus: readonly number[]): Promise<Available<FutexPartner>> {
  const libc = openLibc();
  if (!libc.available) return libc;
  const file = createFutexFile(libc.value);
  if (!file.available) return file;
  try {
    return await startOn(libc.value, { fd: file.value, cpus });
  } finally {
    libc.value.close(file.value);
  }
}

async function startOn(libc: Libc, order: FutexOrder): Promise<Available<FutexPartner>> {
  const words = mapFutexWords(libc, order.fd);
  if (!words.available) return words;
  // Options of this process's Node (a debugger, a test runner's loader) are not the thread's.
  const worker = new Worker(new URL(ENTRY, import.meta.url), { workerData: order, execArgv: [] });
  // It must have started before the caller sleeps in the kernel: a thread of Node needs its parent's for that.
  const ready = await firstWord(worker);
  worker.unref();
  if (!ready.available) words.value.unmap();
  return mapAvailable(ready, () => partnerBy(words.value));
}

async function firstWord(worker: Worker): Promise<FutexReady> {
  const gone = once(worker, 'exit').then(([code]) => unavailable(`the other thread ended with code ${code}`));
  const said = once(worker, 'message').then(([word]) => word as FutexReady);
  try {
    return await Promise.race([said, gone]);
  } catch (error) {
    return unavailable(`the other thread failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function partnerBy({ words, hand, take, unmap }: FutexWords): FutexPartner {
  let isOver = false;
  return {
    hand: () => hand(WORD.request),
    take: () => {
      for (let waits = 0; waits < MOST_WAITS; waits++) if (take(WORD.answer)) return;
      throw new GuestmarkError('timeout', 'Cannot go on: the other thread did not answer within 10 s');
    },
    answered: () => Atomics.load(words, WORD.answered),
    [Symbol.dispose]: () => {
      // The memory is gone by the second time, and whoever touches it with it.
      if (isOver) return;
      isOver = true;
      Atomics.store(words, WORD.stop, 1);
      hand(WORD.request);
      unmap();
    },
  };
}
