// One measuring process that runs the quick suite again and again: product code from the fork on, the parent's messages alone
// are sent from here, so that what it holds can be read between two rounds, while it waits for the parent.
import { forkChild } from '../../../dist/isolation/child-process.js';
import { driverEnvironment } from '../../../dist/setup/driver-environment.js';
import { loadBenchmarks } from '../../../dist/suite/load.js';
import { planCases } from '../../../dist/suite/plan.js';
import { BRIEF, softwareDevice } from '../../../test/faults/plain-session.mjs';
import { processState } from './process-state.mjs';

/** More than any round needs: whoever is soaked long enough is stopped. */
const ROUNDS = 20_000;
/** Also on a machine with much else to do: growth needs some points. */
const FEWEST_ROUNDS = 4;
const CHILD = new URL('soak-child.mjs', import.meta.url).href;

/**
 * The C library keeps blocks of up to 32 MiB that were freed, which makes resident memory jump by as much; so told, it gives
 * them back (mallopt(3)), and what stays is what somebody holds.
 */
const ALLOCATOR = { MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' };

/** Sizes at which the cost of a case is what is made for it, not what the device computes. */
const SMALL = {
  n: [4096],
  invocations: [4096],
  sharers: [64],
  size: [256],
  bytes: [65_536],
  loops: [4],
  hops: [1024],
  iterations: [16],
  points: [4096],
  rows: [256],
};

/**
 * The cases of the quick suite, as a run asks for them.
 *
 * @param dispatches How often submit-dispatch is there once more: it makes hundreds of submissions, others a few.
 */
export async function quickCases({ small, dispatches }) {
  const benchmarks = await loadBenchmarks();
  const planned = (selectors, axes) => planCases(benchmarks, { suite: 'quick', selectors, axes });
  const more = Array.from({ length: dispatches }, () => planned(['submit-dispatch'], {})).flat();
  return [...planned([], small ? SMALL : {}), ...more].map(({ id, benchmark, axes: at }) => ({
    id,
    benchmark: benchmark.name,
    axes: at,
    expected: null,
  }));
}

/**
 * Runs rounds of `cases` for `seconds`.
 *
 * @param strike Of the fault layer, which counts what is created and destroyed.
 * @param onRound Called after every round with what was found.
 */
export async function soakProcess({ seconds, binding, cases, strike, minTimeNs, maxTimeNs }, onRound) {
  const startMs = performance.now();
  const totals = { rounds: 0, ok: 0, failed: 0, skipped: 0, samples: 0 };
  const failures = [];
  let inRound = 0;
  let outcome = null;
  const environment = { ...driverEnvironment(), ...strike.environment, ...ALLOCATOR };
  const child = forkChild({ environment }, (message) => {
    if (message.type === 'ready') child.send({ type: 'run', request: requestOf() });
    else if (message.type === 'failed') failures.push(message.error.message);
    else if (message.type === 'case-run') {
      count(message);
      inRound = (inRound + 1) % cases.length;
      child.send({ type: inRound === 0 ? 'soak-heap' : 'go-on' });
    } else if (message.type === 'soak-heap') {
      totals.rounds++;
      const { type: _, ...heap } = message;
      onRound({
        atSeconds: (performance.now() - startMs) / 1e3,
        ...totals,
        ...heap,
        ...stateNow(),
        parentRssBytes: process.memoryUsage.rss(),
      });
      if (totals.rounds >= FEWEST_ROUNDS && performance.now() - startMs >= seconds * 1e3)
        child.send({ type: 'stop' });
      child.send({ type: 'go-on' });
    } else if (message.type === 'done') outcome = 'done';
  });
  const stateNow = () => ({ ...processState(child.pid), ...vulkanState(strike.counts()) });
  const count = ({ id, caseRun: { status, failure, samples } }) => {
    totals[status]++;
    totals.samples += samples?.wallNs.length ?? 0;
    if (failure !== null) failures.push(`${id}: ${failure.message}`);
  };
  const requestOf = () => ({
    device: softwareDevice(binding, { counters: 'quiet' }),
    options: { ...BRIEF, minTimeNs, maxTimeNs, timeoutNs: 600e9, wait: 'auto' },
    // The same objects, which cross the channel once.
    cases: Array.from({ length: ROUNDS }, () => cases).flat(),
    external: null,
    processMemoryBytes: null,
    verdict: null,
    modules: [CHILD],
    builtInModules: null,
    definitions: [],
    progress: false,
  });
  const { lastWords } = await child.exited;
  return {
    end: outcome ?? 'died',
    lastWords,
    failures: failures.slice(0, 20),
    ...totals,
    ...vulkanState(strike.counts()),
  };
}

/** What of Vulkan is alive, and how much was done. */
export function vulkanState({ objects, calls, allocatedBytes, freedBytes }) {
  const alive = Object.entries(objects).map(([type, { made, gone }]) => [type, made - gone]);
  return {
    liveObjects: Object.fromEntries(alive.filter(([, count]) => count !== 0)),
    madeObjects: Object.values(objects).reduce((all, { made }) => all + made, 0),
    liveBytes: allocatedBytes - freedBytes,
    submissions: calls.vkQueueSubmit,
  };
}
