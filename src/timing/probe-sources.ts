// Which of the finer sources of the ledger this process may use: context switches, throttling, steal in ns, the
// discipline of the clock. Each is really opened, because permissions and sandboxes cannot be told from files.
import { type Available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { type ClockDiscipline, readClockDiscipline } from './clock-discipline.ts';
import { openPreciseSteal } from './cpu-steal-precise.ts';
import { type Fact, fact } from './fact.ts';
import { openThreadSwitchRing } from './switch-ring.ts';
import { openThrottling } from './throttling.ts';

/** Every source, or why it is closed to this process. */
export interface SourceFacts {
  /** The thread's context switches can be recorded: then a segment that blocked has a two-sided interval too. */
  readonly switchRecords: Fact<boolean>;
  /** The control groups whose quotas are seen. */
  readonly throttling: Fact<string>;
  /** The source of steal per CPU in ns. */
  readonly preciseSteal: Fact<string>;
  /** What the time daemon does to CLOCK_MONOTONIC. */
  readonly clockDiscipline: Fact<string>;
}

/** Opens each source once, and closes it. On a recorded machine only those that are files. */
export function probeSources(files: SystemFiles, root: string): SourceFacts {
  const live = root === '/';
  const recorded = unavailable('not part of a recorded machine');
  return {
    switchRecords: live ? switchRecords() : recorded,
    throttling: throttling(root),
    preciseSteal: preciseSteal(files),
    clockDiscipline: live ? describeDiscipline(readClockDiscipline()) : recorded,
  };
}

function switchRecords(): Fact<boolean> {
  const ring = openThreadSwitchRing({ pages: 1 });
  if (!ring.available) return ring;
  ring.value[Symbol.dispose]();
  return fact(true, 'perf_event_open: PERF_RECORD_SWITCH');
}

function throttling(root: string): Fact<string> {
  const source = openThrottling(root);
  if (!source.available) return source;
  using opened = source.value;
  const count = opened.paths.length;
  const seen = count === 0 ? 'no group has a quota' : `${count} group${count === 1 ? '' : 's'}`;
  const hidden = opened.ancestorsHidden ? ', further ones are not visible' : '';
  return fact(`${seen} of ${opened.version}${hidden}`, opened.paths[0] ?? '/proc/self/cgroup');
}

function preciseSteal(files: SystemFiles): Fact<string> {
  const source = openPreciseSteal(files);
  if (!source.available) return source;
  const { name, meaning, path, costNs } = source.value;
  const worth = meaning === 'charged' ? 'as charged' : 'an upper bound on busy CPUs';
  return fact(`${name}: ${worth}, ${Math.round(costNs / 1000)} µs a reading`, path);
}

/** The discipline in words. */
export function describeDiscipline(discipline: Available<ClockDiscipline>): Fact<string> {
  if (!discipline.available) return discipline;
  const { frequencyPpm, tickPpm, slewPpm, synchronised } = discipline.value;
  const slew = slewPpm > 0 ? ` and up to ${slewPpm.toFixed(1)} ppm of phase` : '';
  const kept = synchronised ? 'synchronised' : 'not synchronised';
  return fact(`${(frequencyPpm + tickPpm).toFixed(1)} ppm${slew}, ${kept}`, 'adjtimex');
}
