// What the parent of a run holds: its samples, and nothing besides. First many runs into one report, whose memory may grow by
// the samples alone; then whole suites one after the other, whose reports are dropped, and after which nothing may be left.
// Prints one JSON line.
//
//   node --expose-gc docs/measurements/reliability/parent-soak.mjs [RUNS] [SUITES]   (after `npm run build`)
import { runSuite } from '../../../dist/run/run-suite.js';
import { driverEnvironment } from '../../../dist/setup/driver-environment.js';
import { theilSen } from '../../../dist/stats/theil-sen.js';
import { loadBenchmarks } from '../../../dist/suite/load.js';
import { planCases } from '../../../dist/suite/plan.js';
import { processState } from './process-state.mjs';

const [runs, suites] = [Number(process.argv[2] ?? 50), Number(process.argv[3] ?? 50)];
const SELECTORS = ['copy[n=4Ki]', 'empty-submit', 'submit-dispatch'];
/** Of the points: code is compiled, caches reach their size. */
const WARM_UP_SHARE = 0.2;

const cases = planCases(await loadBenchmarks(), { suite: 'quick', selectors: SELECTORS, axes: {} });
const oneReport = [];
await suite(runs, (samples) => oneReport.push({ x: samples, ...held() }));
const manyReports = [];
for (let done = 1; done <= suites; done++) {
  await suite(1, () => undefined);
  await new Promise((resolve) => setImmediate(resolve));
  manyReports.push({ x: done, ...held() });
}
console.log(
  JSON.stringify({
    runs,
    samples: oneReport.at(-1).x,
    bytesPerSample: slopes(oneReport),
    suites,
    bytesPerSuite: slopes(manyReports),
    fds: span('fds'),
    threads: span('threads'),
  }),
);

/** A suite in so many runs; tells after each how many samples there are. */
async function suite(wanted, onRun) {
  const command = {
    argv: [],
    selectors: SELECTORS,
    suite: 'quick',
    axes: {},
    device: 'llvmpipe',
    queueFamily: null,
    binding: 'auto',
    runs: wanted,
    minTimeNs: 20e6,
    maxTimeNs: 50e6,
    timeoutNs: 300e9,
    seed: 1,
    wait: 'auto',
    pin: 'none',
    ledger: true,
    verify: 'around',
    counters: 'quiet',
    stalls: false,
    validate: false,
    robustBufferAccess: false,
    memoryLimitBytes: null,
    dumpOutputs: null,
  };
  let caseRuns = 0;
  const listener = {
    onReport: (current, when) => {
      caseRuns++;
      if (when === 'now' || caseRuns % cases.length !== 0) return;
      onRun(samplesOf(current()));
    },
  };
  const request = {
    tool: { name: 'guestmark', version: '0' },
    command,
    cases,
    modules: [],
    definitions: [],
    external: null,
  };
  await runSuite(request, listener, {
    environment: driverEnvironment(),
    signal: new AbortController().signal,
  });
}

function samplesOf({ results }) {
  const counts = results.flatMap((result) => result.runs.map(({ samples }) => samples?.wallNs.length ?? 0));
  return counts.reduce((all, count) => all + count, 0);
}

function held() {
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { ...processState(process.pid), heapBytes: heapUsed + arrayBuffers };
}

/** Theil-Sen with its 95 % interval. */
function slopes(points) {
  const warm = points.slice(Math.ceil(points.length * WARM_UP_SHARE));
  const of = (field) => theilSen(warm.map((point) => ({ x: point.x, y: point[field] })));
  return { heap: of('heapBytes'), anonymous: of('anonymousBytes') };
}

function span(field) {
  const values = [...oneReport, ...manyReports].map((point) => point[field]);
  return { least: Math.min(...values), most: Math.max(...values) };
}
