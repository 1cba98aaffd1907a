// Waits for a program's end and takes its last figures. The wait is synchronous: the thread sleeps in poll(2) on a
// descriptor of the process, so that the end is seen one wake-up after it happened and not one turn of an event loop
// later. A signal ends the wait early, which lets the caller give the event loop its turn.
import { closeSync } from 'node:fs';
import { constants } from 'node:os';
import type { Libc } from '../timing/libc.ts';

/** How a wait ended. */
type WaitOutcome = 'ended' | 'not-yet';

/** Watches one child of this process. */
export interface ExitWatch extends Disposable {
  /** Sleeps until the process has ended, a signal arrives, or the time is over. It stays a zombie. */
  wait(timeoutMs: number): WaitOutcome;
}

/** The number of pidfd_open(2) on every architecture. Linux 5.3. */
const PIDFD_OPEN = 434;
const POLLIN = 1;
const P_PID = 1;
const WNOHANG = 1;
const WEXITED = 4;
const WNOWAIT = 0x1000000;
const SIGINFO_BYTES = 128;
/** Without a descriptor the end is looked for so often. */
const BLIND_WAIT_MS = 1;

/** Begins to watch a child that nobody else waits for. */
export function watchExit(libc: Libc, pid: number): ExitWatch {
  const fd = libc.syscall(PIDFD_OPEN, pid, 0, 0, 0, 0);
  const polled = new Int32Array(Int32Array.of(fd, POLLIN).buffer);
  const info = new Int32Array(new ArrayBuffer(SIGINFO_BYTES));
  const addresses = { polled: libc.addressOf(polled.buffer), info: libc.addressOf(info.buffer) };
  const hasEnded = (): boolean => {
    info.fill(0);
    // si_signo stays 0 while there is nothing to report.
    return libc.waitid(P_PID, pid, addresses.info, WNOHANG | WEXITED | WNOWAIT) === 0 && info[0] !== 0;
  };
  return {
    wait(timeoutMs) {
      const [count, waitMs] = fd >= 0 ? [1, timeoutMs] : [0, Math.min(timeoutMs, BLIND_WAIT_MS)];
      // Touched here, and so kept from the garbage collector: the kernel writes to it.
      polled[1] = POLLIN;
      libc.poll(addresses.polled, count, Math.ceil(waitMs));
      return hasEnded() ? 'ended' : 'not-yet';
    },
    [Symbol.dispose]: () => {
      if (fd >= 0) closeSync(fd);
    },
  };
}

/** How a program ended, and what it and all descendants that were waited for have used. */
export interface ProgramEnd {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly userNs: number;
  readonly systemNs: number;
  readonly voluntarySwitches: number;
  readonly involuntarySwitches: number;
  /** Of the largest process; no less than this process had when it started the program. */
  readonly maxRssBytes: number;
}

/** 64-bit words of struct rusage: two struct timeval, then ru_maxrss (KiB), and at the end ru_nvcsw and ru_nivcsw. */
const USAGE_WORDS = 18;
const WORD = { userSeconds: 0, systemSeconds: 2, maxRss: 4, voluntary: 16, involuntary: 17 } as const;

/**
 * Takes the end of a child that has ended.
 *
 * @throws Error where it is no child of ours or has not ended.
 */
export function reapProgram(libc: Libc, pid: number): ProgramEnd {
  const status = new Int32Array(new ArrayBuffer(8));
  const usage = new BigInt64Array(new ArrayBuffer(USAGE_WORDS * 8));
  const reaped = libc.wait4(pid, libc.addressOf(status.buffer), WNOHANG, libc.addressOf(usage.buffer));
  if (reaped !== pid) throw new Error(`Cannot reap process ${pid}: wait4 gave ${reaped}`);
  const word = (index: number): number => Number(usage[index]);
  const timeNs = (index: number): number => word(index) * 1e9 + word(index + 1) * 1e3;
  return {
    ...decodeStatus(status[0] as number),
    userNs: timeNs(WORD.userSeconds),
    systemNs: timeNs(WORD.systemSeconds),
    voluntarySwitches: word(WORD.voluntary),
    involuntarySwitches: word(WORD.involuntary),
    maxRssBytes: word(WORD.maxRss) * 1024,
  };
}

/** The macros WIFEXITED, WEXITSTATUS and WTERMSIG of wait(2). */
export function decodeStatus(status: number): Pick<ProgramEnd, 'exitCode' | 'signal'> {
  const number = status & 0x7f;
  if (number === 0) return { exitCode: (status >> 8) & 0xff, signal: null };
  return { exitCode: null, signal: signalName(number) };
}

function signalName(number: number): NodeJS.Signals {
  const names = Object.entries(constants.signals) as [NodeJS.Signals, number][];
  // Real-time signals have no name in Node.
  return names.find(([, one]) => one === number)?.[0] ?? (`SIG${number}` as NodeJS.Signals);
}
