// The entry point of the thread that answers: takes a word, hands the other one back, and counts, until it is told to end.
import { parentPort, workerData } from 'node:worker_threads';
import { type Available, mapAvailable } from '../base/availability.ts';
import { systemFiles } from '../base/system-files.ts';
import { openLibc } from '../timing/libc.ts';
import { nameOwnThread } from '../timing/thread-name.ts';
import { type FutexWords, mapFutexWords, WORD } from './futex-words.ts';
import { placeThreads } from './place-threads.ts';

/** What the thread is started with. */
export interface FutexOrder {
  /** The file of the words. */
  readonly fd: number;
  readonly cpus: readonly number[];
}

/** What it says when it is ready, or why it is not. */
export type FutexReady = Available<null>;

answer(workerData as FutexOrder);

function answer({ fd, cpus }: FutexOrder): void {
  nameOwnThread('futex');
  const words = mapped(fd);
  const placed = placeThreads('own', cpus, systemFiles());
  const ready = words.available ? placed : words;
  parentPort?.postMessage(mapAvailable(ready, () => null) satisfies FutexReady);
  if (!words.available || !placed.available) return;
  handBack(words.value);
  words.value.unmap();
}

function mapped(fd: number): Available<FutexWords> {
  const libc = openLibc();
  return libc.available ? mapFutexWords(libc.value, fd) : libc;
}

function handBack({ words, hand, take }: FutexWords): void {
  while (Atomics.load(words, WORD.stop) === 0) {
    if (!take(WORD.request)) continue;
    // Before the answer, so that who has it also sees the count.
    Atomics.add(words, WORD.answered, 1);
    hand(WORD.answer);
  }
}
