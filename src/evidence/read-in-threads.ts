// Reads many report files on all CPUs: parsing them is pure computing, and a thread of its own also has room for the garbage of
// a whole file. What is read does not depend on how many threads there are.
import { Worker } from 'node:worker_threads';
import type { ReadFile } from './read-evidence.ts';
import { refusalOf } from './refuse-file.ts';

/** In tests the sources run uncompiled, but a thread needs JavaScript: it is taken from the build. */
const ENTRY = import.meta.url.endsWith('.ts') ? '../../dist/evidence/read-worker.js' : './read-worker.js';

/** A parsed report takes some 10 MiB: collecting garbage while it is in use copies it for nothing. A third of this is one half of it. */
const YOUNG_MIB = 192;

/**
 * Reads the files, at most `threads` at a time; the results have their order.
 *
 * @param onFile Called when a file is begun, with its place.
 */
export async function readInThreads(
  files: readonly string[],
  threads: number,
  onFile: (index: number) => void,
): Promise<readonly ReadFile[]> {
  const results: ReadFile[] = [];
  const waiting = files.entries();
  const readSome = async (): Promise<void> => {
    let worker = startWorker();
    for (const [index, file] of waiting) {
      onFile(index);
      try {
        results[index] = await answerOf(worker, file);
      } catch (error) {
        // The thread is gone, most likely for want of memory: that costs this file.
        results[index] = { evidence: null, refused: refusalOf(file, error) };
        await worker.terminate();
        worker = startWorker();
      }
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(threads, files.length) }, readSome));
  return results;
}

function startWorker(): Worker {
  // Options of this process's Node (a debugger, a test runner's loader) are not the thread's.
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MIB };
  return new Worker(new URL(ENTRY, import.meta.url), { execArgv: [], resourceLimits });
}

function answerOf(worker: Worker, file: string): Promise<ReadFile> {
  return new Promise((resolve, reject) => {
    const gone = (code: number): void => reject(new Error(`the thread that read it ended with code ${code}`));
    const failed = (error: Error): void => {
      worker.off('exit', gone);
      reject(error);
    };
    // An answer that cannot be taken is none, and no other comes.
    worker.once('error', failed).once('messageerror', failed).once('exit', gone);
    worker.once('message', (read: ReadFile) => {
      worker.off('error', failed).off('messageerror', failed).off('exit', gone);
      resolve(read);
    });
    worker.postMessage(file);
  });
}
