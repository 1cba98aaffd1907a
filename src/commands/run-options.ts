// From the flags of `run` to its options, complete and checked: what was not said gets the default of the suite.
import { resolve } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { externalOptions } from './external-options.ts';
import { moduleUrls } from './option-values.ts';
import type { RunOptions } from './run.ts';
import type { RunFlags } from './run-flags.ts';
import { SUITE_DEFAULTS } from './suite-defaults.ts';

/** @throws GuestmarkError (usage) for flags that do not go together. */
export function runOptions(
  selectors: readonly string[],
  flags: RunFlags,
  argv: readonly string[],
): RunOptions {
  const defaults = SUITE_DEFAULTS[flags.suite];
  const minTimeNs = flags.minTime ?? Math.min(defaults.minTimeNs, flags.maxTime ?? Number.POSITIVE_INFINITY);
  const maxTimeNs = flags.maxTime ?? Math.max(defaults.maxTimeNs, minTimeNs);
  if (minTimeNs > maxTimeNs)
    throw new GuestmarkError('usage', 'Cannot sample: --min-time is longer than --max-time');
  const timeoutNs = flags.timeout ?? maxTimeNs + 60e9;
  if (timeoutNs <= maxTimeNs)
    throw new GuestmarkError('usage', 'Cannot sample: --timeout is not longer than --max-time', {
      hint: 'a case also takes time to prepare and to verify',
    });
  return {
    argv,
    selectors,
    suite: flags.suite,
    axes: flags.axis ?? {},
    device: flags.device ?? null,
    queueFamily: flags.queueFamily ?? null,
    binding: flags.binding,
    runs: flags.runs ?? defaults.runs,
    minTimeNs,
    maxTimeNs,
    timeoutNs,
    seed: flags.seed,
    wait: flags.wait,
    pin: flags.pin,
    ledger: flags.ledger === 'on',
    counters: flags.counters,
    verify: flags.verify,
    stalls: flags.stalls,
    validate: flags.validate,
    out: flags.out ?? defaultOut(new Date()),
    json: flags.json,
    modules: moduleUrls(flags.module ?? []),
    shaders: flags,
    dumpOutputs: flags.dumpOutputs === undefined ? null : resolve(flags.dumpOutputs),
    thresholds: flags.threshold ?? [],
    robustBufferAccess: flags.robust,
    memoryLimitBytes: flags.memoryLimit ?? null,
    processMemoryBytes: flags.processMemory ?? null,
    ...externalOptions(flags, process.env),
  };
}

/** `guestmark-20261124T213000.json`: sorts by time, and no character needs quoting. */
function defaultOut(now: Date): string {
  return `guestmark-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}.json`;
}
