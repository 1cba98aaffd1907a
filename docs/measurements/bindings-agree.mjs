// GPU time must not depend on who calls Vulkan. Every pass measures the quick suite under both bindings, each
// in a process of its own and in alternating order; submissions are timed by the device. (In one process the
// buffers of both would lie at other places in memory, and on lavapipe that alone can halve a bandwidth.)
// Prints per case the median over the passes of the ratio nvk / koffi with its interval (order statistics,
// 95 % or more), and how far the passes of one binding alone spread (ninetieth over tenth percentile).
//
//   node docs/measurements/bindings-agree.mjs [PASSES, 6 or more]   (after `npm run build`)
import { execFileSync } from 'node:child_process';
import { ticksToNs } from 'guestmark/timing';
import { openDevice } from 'guestmark/vulkan';
import { medianInterval } from '../../dist/stats/order-statistic-interval.js';
import { median, quantile } from '../../dist/stats/quantile.js';
import { loadBenchmarks } from '../../dist/suite/load.js';
import { planCases } from '../../dist/suite/plan.js';
import { prepareCase } from '../../dist/suite/prepare-case.js';

const LEAST_NS = 100e6;
const LEAST_SUBMISSIONS = 3;
const MOST_SUBMISSIONS = 500;
const BINDINGS = ['nvk', 'koffi'];

if (process.argv[2] === 'pass') {
  console.log(JSON.stringify(await measureSuite(process.argv[3], Number(process.argv[4]))));
} else {
  compare(Number(process.argv[2] ?? 30));
}

function compare(passes) {
  const times = {};
  for (let pass = 0; pass < passes; pass++) {
    for (const binding of pass % 2 === 0 ? BINDINGS : BINDINGS.toReversed()) {
      const output = execFileSync(process.execPath, [process.argv[1], 'pass', binding, String(pass)], {
        encoding: 'utf8',
      });
      for (const [name, ns] of Object.entries(JSON.parse(output))) {
        times[name] ??= { nvk: [], koffi: [] };
        times[name][binding].push(ns);
      }
    }
  }
  console.log('| case | koffi, GPU time | nvk / koffi | interval | passes of one binding, p90 / p10 |');
  console.log('|---|---|---|---|---|');
  for (const [name, { nvk, koffi }] of Object.entries(times)) console.log(row(name, nvk, koffi));
}

function row(name, nvk, koffi) {
  const interval = medianInterval(Float64Array.from(nvk, (value, pass) => value / koffi[pass]));
  const [at, from, to] = [interval.median, interval.low, interval.high].map((ratio) => ratio.toFixed(3));
  const spreads = [nvk, koffi].map((values) => quantile(values, 0.9) / quantile(values, 0.1));
  const us = (median(koffi) / 1e3).toPrecision(4);
  return `| ${name} | ${us} µs | ${at} | ${from}–${to} | ${Math.max(...spreads).toFixed(2)} |`;
}

async function measureSuite(binding, seed) {
  const { device } = openDevice({ binding });
  const cases = planCases(await loadBenchmarks(), { suite: 'quick', selectors: [], axes: {} });
  const times = {};
  for (const one of cases.filter(({ benchmark, axes }) => benchmark.work(axes).length > 0)) {
    times[one.benchmark.name] = measure(device, one, seed);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return times;
}

/** Median device time of one submission of one iteration, verified. */
function measure(device, one, seed) {
  const prepared = prepareCase(device, one, seed);
  prepared.fill();
  const submission = device.record({ steps: prepared.steps, iterations: 1, timestamps: true });
  const counter = { validBits: device.timestampValidBits, periodNs: device.timestampPeriodNs };
  const times = [];
  let totalNs = 0;
  while (times.length < LEAST_SUBMISSIONS || (totalNs < LEAST_NS && times.length < MOST_SUBMISSIONS)) {
    submission.submit();
    submission.wait('block', 60e9);
    const ticks = submission.ticks();
    submission.reset();
    times.push(ticksToNs(ticks.value.begin, ticks.value.end, counter));
    totalNs += times.at(-1);
  }
  if (!prepared.verify(times.length).ok) throw new Error(`${one.id}: the output is wrong`);
  submission[Symbol.dispose]();
  prepared[Symbol.dispose]();
  return median(times);
}
