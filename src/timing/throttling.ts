// The time for which a CPU quota kept this process's control groups from running. To the scheduler that is
// waiting for a CPU like any other, so it is a part of the run-queue wait, which only these counters tell.
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { type Available, available, unavailable } from '../base/availability.ts';
import { Scope } from '../base/scope.ts';
import { systemFiles } from '../base/system-files.ts';
import { findCgroups, isHierarchyRoot } from './cpu-cgroups.ts';

/**
 * Throttled time of the process's own group and its ancestors. The kernel adds a pause when it ends, and adds those
 * of all CPUs of a group up.
 */
export interface ThrottlingSource extends Disposable {
  readonly version: 'v1' | 'v2';
  /** The files read, from the process's own group outwards. Empty: none of its groups can be throttled. */
  readonly paths: readonly string[];
  /** Version 2 counts in µs. */
  readonly resolutionNs: 1 | 1000;
  /** Quotas of groups further out would not be seen: a container shows its own part of the hierarchy only. */
  readonly ancestorsHidden: boolean;
  /** The sum over the groups in ns since their creation; NaN once a group is gone. About 2 µs per group. */
  readNs(): number;
}

const KEY = { v1: 'throttled_time', v2: 'throttled_usec' } as const;

/**
 * Opens the counters of the groups that the process is in now; one that is moved later needs a new source.
 *
 * @param root `/` is this machine, any other one a recorded machine.
 */
export function openThrottling(root = '/'): Available<ThrottlingSource> {
  const files = systemFiles(root);
  const found = findCgroups(files, 'cpu');
  if (!found.available) return found;
  const { version, folders } = found.value;
  const stat = files.read(`${folders[0]}/cpu.stat`);
  if (!stat.available) return stat;
  // The root of version 2, and groups without the controller, have a cpu.stat that lacks the key: no quota there.
  const paths = folders
    .map((folder) => `${folder}/cpu.stat`)
    .filter((path) => hasKey(files.read(path), KEY[version]));
  const ancestorsHidden = !isHierarchyRoot(files.list(folders.at(-1) as string));
  try {
    const source = Scope.open((scope) => openCounters(scope, root, paths, version));
    return available({ ...source, version, paths, ancestorsHidden });
  } catch (error) {
    return unavailable(`cpu.stat: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`);
  }
}

function openCounters(
  scope: Scope,
  root: string,
  paths: readonly string[],
  version: 'v1' | 'v2',
): Pick<ThrottlingSource, 'readNs' | 'resolutionNs' | typeof Symbol.dispose> {
  const key = Buffer.from(`${KEY[version]} `);
  const counters = paths.map((path) => scope.use(openCounter(join(root, path), key)));
  const resolutionNs = version === 'v1' ? 1 : 1000;
  return {
    resolutionNs,
    readNs: () => counters.reduce((sum, counter) => sum + resolutionNs * counter.read(), 0),
    [Symbol.dispose]: () => scope[Symbol.dispose](),
  };
}

/** The throttled time in ns since the groups were created, read once. See {@link ThrottlingSource}. */
export function readThrottledNs(root = '/'): Available<number> {
  const source = openThrottling(root);
  if (!source.available) return source;
  using opened = source.value;
  const throttledNs = opened.readNs();
  return Number.isNaN(throttledNs) ? unavailable('a control group is gone') : available(throttledNs);
}

function hasKey(text: Available<string>, key: string): boolean {
  return text.available && new RegExp(`^${key} \\d+$`, 'm').test(text.value);
}

interface Counter extends Disposable {
  read(): number;
}

const STAT_BYTES = 1024;
const DIGIT_0 = 48;

/** A file kept open; reading it makes no string. */
function openCounter(path: string, key: Uint8Array): Counter {
  const fd = openSync(path, 'r');
  const bytes = Buffer.alloc(STAT_BYTES);
  return {
    read: () => {
      try {
        return numberBehind(bytes, readSync(fd, bytes, 0, STAT_BYTES, 0), key);
      } catch {
        return Number.NaN;
      }
    },
    [Symbol.dispose]: () => closeSync(fd),
  };
}

function numberBehind(bytes: Buffer, length: number, key: Uint8Array): number {
  const at = bytes.indexOf(key);
  if (at < 0 || at >= length) return Number.NaN;
  let value = 0;
  for (let i = at + key.length; i < length; i++) {
    const digit = (bytes[i] as number) - DIGIT_0;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  return value;
}

/** The run-queue wait R of a span, split; both in ns. T + Q = R. */
export interface ThrottledWait {
  /** T: at most so much of the wait was throttling. Exact where the thread is the only busy one of its groups. */
  readonly throttledNs: number;
  /** Q: at least so much was waiting for other tasks. */
  readonly queueNs: number;
}

/**
 * T = min(R, Δ) and Q = R − T. T is an upper bound: the counters tell of groups, and with several threads in a group
 * the pauses may have been others'.
 *
 * @param beforeNs {@link ThrottlingSource.readNs} before the span; `afterNs` behind it.
 */
export function throttledWithin(
  beforeNs: number,
  afterNs: number,
  runQueueNs: number,
): Available<ThrottledWait> {
  const countedNs = afterNs - beforeNs;
  if (Number.isNaN(countedNs)) return unavailable('a control group is gone');
  if (countedNs < 0) return unavailable('the counter of throttled time ran backwards');
  const throttledNs = Math.min(Math.max(0, runQueueNs), countedNs);
  return available({ throttledNs, queueNs: runQueueNs - throttledNs });
}
