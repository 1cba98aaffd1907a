// Hands files to threads of one kind, each of which reads one at a time, and passes on what they answer as it comes. Knows nothing
// of what is asked and answered.
import { Worker } from 'node:worker_threads';

/** Threads of a kind. */
export interface ThreadKind {
  /** The module that a thread runs: it takes a path and answers with one message, and so on until it is ended. */
  readonly entry: URL;
  readonly threads: number;
  readonly resourceLimits: {
    readonly maxYoungGenerationSizeMb: number;
    readonly maxOldGenerationSizeMb?: number;
  };
}

/** What becomes of the files. */
export interface ThreadAnswers<T> {
  /** Called when a file is begun, with its place. */
  readonly onFile: (index: number) => void;
  readonly onAnswer: (index: number, answer: T) => void;
  /** The answer for a file whose thread died of it. */
  readonly lost: (file: string, error: unknown) => T;
}

/** Has the files read, each by whichever thread is free; answers come in any order. */
export async function askThreads<T>(
  files: readonly string[],
  kind: ThreadKind,
  { onFile, onAnswer, lost }: ThreadAnswers<T>,
): Promise<void> {
  const waiting = files.entries();
  const readSome = async (): Promise<void> => {
    let worker = startWorker(kind);
    for (const [index, file] of waiting) {
      onFile(index);
      const answer = await answerOf<T>(worker, file).catch(async (error: unknown) => {
        // The thread is gone, most likely for want of memory: that costs this file.
        await worker.terminate();
        worker = startWorker(kind);
        return lost(file, error);
      });
      onAnswer(index, answer);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(kind.threads, files.length) }, readSome));
}

function startWorker({ entry, resourceLimits }: ThreadKind): Worker {
  // Options of this process's Node (a debugger, a test runner's loader) are not the thread's.
  return new Worker(entry, { execArgv: [], resourceLimits });
}

function answerOf<T>(worker: Worker, file: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const gone = (code: number): void => reject(new Error(`the thread that read it ended with code ${code}`));
    const failed = (error: Error): void => {
      worker.off('exit', gone);
      reject(error);
    };
    // An answer that cannot be taken is none, and no other comes.
    worker.once('error', failed).once('messageerror', failed).once('exit', gone);
    worker.once('message', (read: T) => {
      worker.off('error', failed).off('messageerror', failed).off('exit', gone);
      resolve(read);
    });
    worker.postMessage(file);
  });
}
