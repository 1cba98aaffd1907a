// Reports of a fleet that never was, made from one that was measured: the samples of every case are drawn again for each node and
// scaled so that nodes differ by a given spread; some nodes are made slow, some lose time to steal, some leave no report. Every
// report has all columns, consistent with each other, and passes the schema.
import { derivedSeed, seededRandom } from '../../../dist/base/random.js';
import { median } from '../../../dist/stats/quantile.js';
import { randomGamma, randomNormal } from '../../../dist/stats/random-gamma.js';

/** How nodes of a fleet differ, with a robust standard deviation near 1. */
const TAILS = {
  normal: randomNormal,
  t5: (random) => student(5, random),
  t3: (random) => student(3, random),
  // Of the logarithm of a time, whose right tail is then longer than its left one.
  'log-normal': (random) => 2 * (Math.exp(0.5 * randomNormal(random)) - 1),
  // Three nodes of ten are another make.
  mixed: (random) => (random() < 0.3 ? 4 : 0) + randomNormal(random),
};

const student = (degrees, random) =>
  randomNormal(random) / Math.sqrt(randomGamma(degrees / 2, random) / (degrees / 2));

/** The names of what `tails` may be. */
export const TAIL_NAMES = Object.keys(TAILS);

/** The first `count` cases of a report that were measured in all runs, `samples` of each run at most. */
export function templateOf(report, count, samples) {
  const results = report.results.filter(({ status }) => status === 'ok').slice(0, count);
  if (results.length < count)
    throw new Error(`The report has ${results.length} measured cases, not ${count}`);
  return {
    report: {
      ...report,
      derived: [],
      series: [],
      warnings: [],
      attachment: unknown,
      status: 'complete',
      statusReason: null,
    },
    results,
    samples,
    device: {
      available: true,
      value: {
        ...report.device.value,
        name: 'Example GPU (samples of a software device)',
        type: 'discrete-gpu',
        software: false,
        pciAddress: { available: true, value: '0000:81:00.0' },
      },
    },
  };
}

const unknown = { available: false, reason: 'the fleet is synthetic' };

/**
 * What is true of each node: `healthy`, `kernel` (slower in one case; with `clock` its clock is lower as well), `steal`, and who
 * leaves no whole report: `never`, `killed`, `cut`, `partial`.
 */
export function truthOf({ nodes, seed, cases, kernelShare, stealShare, missing }) {
  const random = seededRandom(derivedSeed(seed, 'truth'));
  const order = Array.from({ length: nodes }, (_, node) => [random(), node]).sort(([a], [b]) => a - b);
  const truth = Array.from({ length: nodes }, () => ({ kind: 'healthy' }));
  const next = () => order.pop()[1];
  const [slow, stolen] = [Math.round(nodes * kernelShare), Math.round(nodes * stealShare)];
  for (let i = 0; i < slow; i++)
    truth[next()] = { kind: 'kernel', case: Math.floor(random() * cases), clock: i % 2 === 0 };
  for (let i = 0; i < stolen; i++) truth[next()] = { kind: 'steal' };
  for (let i = 0; i < missing; i++) truth[next()] = { kind: ['never', 'killed', 'cut', 'partial'][i % 4] };
  return truth;
}

/** The name of a node. */
export const nodeName = (node) => `node-${String(node).padStart(5, '0')}`;

/** The report of a node. `slowdown` and `steal` are those of the slow ones: 0.04 and 0.1. */
export function nodeReport(template, node, truth, { seed, spread, tails, slowdown, steal }) {
  const random = seededRandom(derivedSeed(seed, `node ${node}`));
  const draw = () => TAILS[tails](random);
  const common = draw();
  const clockHz =
    1.755e9 * (1 + 0.001 * randomNormal(random)) * (truth.clock === true ? 1 / (1 + slowdown) : 1);
  const results = template.results.map((result, index) => {
    const isSlow = truth.kind === 'kernel' && truth.case === index;
    // Half of the variance is the node's own, half that of the node in this case.
    const factor = Math.exp(spread * Math.SQRT1_2 * (common + draw())) * (isSlow ? 1 + slowdown : 1);
    const told = {
      factor,
      spread,
      clockHz,
      isHeldBack: truth.clock === true,
      steal: truth.kind === 'steal' ? steal : 0,
    };
    return caseOf(result, template.samples, told, random);
  });
  const isPartial = truth.kind === 'partial';
  const kept = isPartial ? results.map((one, i) => (i < results.length / 2 ? one : pending(one))) : results;
  return {
    ...template.report,
    status: isPartial ? 'partial' : 'complete',
    statusReason: isPartial ? 'interrupted by SIGTERM' : null,
    system: { ...template.report.system, hostname: nodeName(node) },
    device: template.device,
    results: kept,
  };
}

/**
 * The summary of the same kind of report, without making the report: the medians of its runs, drawn as there, and the state of its
 * node. A hundred times faster, for rates over many fleets.
 *
 * @param facts Of the template, as a report has them.
 */
export function nodeSummary(template, facts, node, truth, { seed, spread, tails, slowdown, steal }) {
  const random = seededRandom(derivedSeed(seed, `node ${node}`));
  const draw = () => TAILS[tails](random);
  const common = draw();
  const isStolen = truth.kind === 'steal';
  const cases = template.results.map(({ id, benchmark, axes, kind, category, runs }, index) => {
    const isSlow = truth.kind === 'kernel' && truth.case === index;
    const factor = Math.exp(spread * Math.SQRT1_2 * (common + draw())) * (isSlow ? 1 + slowdown : 1);
    const times = runs.map((run) => runTimes(run, factor * Math.exp(0.3 * spread * randomNormal(random))));
    const share = isStolen ? steal * (1 + 0.1 * randomNormal(random)) : 0;
    const runMedians = [
      times.map(([device]) => device),
      times.map(([, wall]) => wall / (1 - share)),
      times.map(([, wall]) => wall),
    ];
    return { id, benchmark, axes, kind, category, rate: null, runMedians, failure: null };
  });
  const lost = isStolen ? steal : 0;
  const clockHz =
    1.755e9 * (1 + 0.001 * randomNormal(random)) * (truth.clock === true ? 1 / (1 + slowdown) : 1);
  return {
    facts: { ...facts, hostname: { available: true, value: nodeName(node) } },
    deviceKey: '0000:81:00.0',
    status: 'complete',
    statusReason: null,
    cases,
    state: {
      computeClockHz: { available: true, value: clockHz },
      throttleReasons: [],
      eccErrors: unknown,
      linkWidth: unknown,
      linkGtps: unknown,
      stealShare: { available: true, value: { low: lost, high: lost + 0.01 * random() } },
      runQueueShare: unknown,
      throttledShare: unknown,
      exitCostNs: unknown,
    },
  };
}

const centers = new Map();

/** Of one iteration, as measured, times the factor. */
function runTimes(run, factor) {
  const known = centers.get(run) ?? [medianOf(run.samples.gpuNs), medianOf(run.samples.wallNs)];
  centers.set(run, known);
  return known.map((ns) => (factor * ns) / run.iterations);
}

const pending = (result) => ({ ...result, status: 'pending', runs: [], metrics: [], warnings: [] });

function caseOf(result, most, told, random) {
  const runs = result.runs.map((run) => runOf(run, most, told, random));
  return { ...result, runs, metrics: [], warnings: [] };
}

function runOf(run, most, told, random) {
  const { samples } = run;
  const length = Math.min(most, samples.wallNs.length);
  const chosen = Array.from({ length }, () => Math.floor(random() * samples.wallNs.length));
  const drawn = Object.fromEntries(
    Object.entries(samples).map(([name, column]) => [name, chosen.map((index) => column[index])]),
  );
  const factor = told.factor * Math.exp(0.3 * told.spread * randomNormal(random));
  const device = deviceTimes(drawn.gpuNs, factor * medianOf(samples.gpuNs));
  const wall = wallTimes(drawn, device, factor * medianOf(samples.wallNs));
  const stolen = wall.map((ns) => stolenOf(ns, told.steal, random));
  const scales = wall.map((ns, i) => ns / drawn.wallNs[i]);
  const columns = Object.fromEntries(
    Object.entries(drawn).map(([name, column]) => [
      name,
      column.map((ns, i) => scaled(name, ns, scales[i], stolen[i])),
    ]),
  );
  const sum = stolen.reduce((total, ns) => total + ns, 0);
  return {
    ...run,
    samples: { ...columns, gpuNs: device },
    ...stateOf(told),
    ...countersOf(run, sum, random),
  };
}

const medianOf = (column) => median(column.filter((ns) => ns !== null));

/** The median of a run is where the node and the run put it; its samples lie around it as they were measured. */
function deviceTimes(drawn, target) {
  const scale = target / medianOf(drawn);
  return drawn.map((ns) => (ns === null ? null : Math.round(ns * scale)));
}

/** What a sample took besides the device, scaled so that the median of all is where it belongs. */
function wallTimes({ wallNs, gpuNs }, device, target) {
  const beside = wallNs.map((ns, i) => Math.max(0, ns - (gpuNs[i] ?? 0)));
  const at = (scale) => beside.map((ns, i) => Math.round((device[i] ?? 0) + scale * ns));
  let [low, high] = [0, 8];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (median(at(middle)) < target) low = middle;
    else high = middle;
  }
  return at((low + high) / 2);
}

/** Of a sample of this length, so that what is stolen is the share of all of it, a half of that more or less. */
function stolenOf(wallNs, share, random) {
  const own = share * (0.5 + random());
  return share === 0 ? 0 : Math.round((wallNs * own) / (1 - own));
}

const UNSCALED = ['startNs', 'deviceStartNs', 'splitUncertaintyNs', 'ledgerBoundNs'];
/** What steal makes longer; the corrected wall is the wall without it. */
const STOLEN = ['wallNs', 'ledgerWallNs', 'stealAndBlockedNs', 'stealLowNs', 'stealHighNs', 'wakeUpNs'];

function scaled(name, value, scale, stolenNs) {
  if (value === null || !name.endsWith('Ns') || UNSCALED.includes(name)) return value;
  const ns = Math.round(value * scale);
  return STOLEN.includes(name) ? ns + stolenNs : ns;
}

function stateOf({ clockHz, isHeldBack }) {
  const missing = { available: false, reason: 'the fleet is synthetic' };
  const state = {
    computeClockHz: { available: true, value: Math.round(clockHz) },
    memoryClockHz: missing,
    temperatureCelsius: missing,
    powerWatts: missing,
    throttleReasons: { available: true, value: isHeldBack ? ['power limit (software)'] : [] },
    busyRatio: missing,
    costNs: 100_000,
  };
  return { deviceState: { available: true, value: { before: state, after: state } } };
}

/** What the counters of the CPUs show of it, in their ticks. */
function countersOf({ samplingSteal, steal, counters }, stolenNs, random) {
  if (stolenNs === 0 || !samplingSteal.available || !steal.available) return {};
  const { tickNs } = samplingSteal.value;
  const countedNs = tickNs * Math.floor(stolenNs / tickNs + random());
  const more = (one) => ({
    ...one,
    totalNs: one.totalNs + countedNs,
    perCpuNs: { ...one.perCpuNs, cpu0: (one.perCpuNs.cpu0 ?? 0) + countedNs },
  });
  const { ceilingNs } = samplingSteal.value;
  const change = { name: 'steal:cpu0', change: { available: true, value: countedNs }, flags: [] };
  return {
    samplingSteal: {
      available: true,
      value: { ...more(samplingSteal.value), ceilingNs: ceilingNs === null ? null : ceilingNs + countedNs },
    },
    steal: { available: true, value: more(steal.value) },
    counters: counters.available
      ? { available: true, value: { ...counters.value, changes: [...counters.value.changes, change] } }
      : counters,
  };
}
