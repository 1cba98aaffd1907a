// The end of a forked process: what it wrote last, and that its end is told even if others hold its pipes or the kernel does not
// let it go. Knows neither why it ended nor what it was for.
import type { ChildProcess } from 'node:child_process';

const LAST_WORDS_BYTES = 4096;
/** A process may leave its pipes to another one, which keeps them open for as long as it likes. */
const PIPES_MS = 1000;

/** How a process ended. */
export interface ExitRecord {
  readonly code: number | null;
  readonly signal: string | null;
  /** The end of what it wrote to its standard error and output. */
  readonly lastWords: string;
  /** Why memory is to blame for its end, as a part of a sentence; null where nothing says so. */
  readonly outOfMemory: string | null;
  /** Whether it was told to end and did not: it hangs in the kernel, where no signal reaches it. */
  readonly stuck: boolean;
}

/** What the process itself tells of its end. */
type Exit = Omit<ExitRecord, 'outOfMemory'>;

/** The end of a process that is awaited. */
export interface End {
  readonly exited: Promise<Exit>;
  /** Waits for no longer than that from now on. */
  giveUpAfter(limitNs: number): void;
}

/**
 * Watches for the end of a process, and keeps its last words.
 *
 * @param onExit Called once the process is gone, and before its pipes are: others may hold them.
 */
export function exitOf(child: ChildProcess, onExit: () => void): End {
  const lastWords = collectLastWords(child);
  let giveUp: NodeJS.Timeout | undefined;
  let resolve_: (exit: Exit) => void;
  const exited = new Promise<Exit>((resolve) => {
    resolve_ = resolve;
  });
  const end = (code: number | null, signal: string | null, stuck = false): void => {
    clearTimeout(giveUp);
    resolve_({ code, signal, lastWords: lastWords(), stuck });
  };
  const closePipes = (): void => {
    for (const pipe of [child.stdout, child.stderr]) pipe?.destroy();
  };
  child.on('close', end);
  child.on('exit', (code, signal) => {
    clearTimeout(giveUp);
    onExit();
    setTimeout(() => {
      closePipes();
      end(code, signal);
    }, PIPES_MS).unref();
  });
  child.on('error', (error) =>
    resolve_({ code: null, signal: null, lastWords: error.message, stuck: false }),
  );
  return {
    exited,
    giveUpAfter: (limitNs) => {
      giveUp ??= setTimeout(() => {
        letGo(child);
        closePipes();
        end(null, null, true);
      }, limitNs / 1e6);
    },
  };
}

/** This process may end although that one does not. */
function letGo(child: ChildProcess): void {
  if (child.connected) child.disconnect();
  child.unref();
}

function collectLastWords(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      text = (text + chunk).slice(-LAST_WORDS_BYTES);
    });
  }
  return () => text.trim();
}
