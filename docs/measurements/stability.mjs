// How well the time of every case of a report is known, the noisiest first: the relative half-width of the 95 % interval of its
// median over the runs, and where the noise comes from. Of a software device the slowest fifth of the samples is set beside the
// fastest: what their workers waited for a CPU, and whether the same work took them more CPU time.
//
//   guestmark run --runs 10 --out report.json; node docs/measurements/stability.mjs report.json
import { readFileSync } from 'node:fs';

const FIFTH = 5;

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const cases = report.results.filter(({ status }) => status === 'ok').map(described);

process.stdout.write(
  '| case | median | ± | runs | between runs | within a run | slow / fast fifth: time | CPU time | run-queue wait | with its minute |\n' +
    '|---|---|---|---|---|---|---|---|---|---|\n',
);
const minutes = minutesOf(cases);
for (const one of cases.sort((a, b) => b.halfWidth - a.halfWidth)) {
  const { fifths, logs } = one;
  const cells = [
    one.id,
    `${(one.value / 1e6).toPrecision(3)} ms`,
    percent(one.halfWidth),
    one.logs.length,
    percent(one.between),
    percent(one.within),
    ...(fifths === null ? ['–', '–', '–'] : [fifths.time, fifths.cpu, fifths.wait]),
    correlation(logs, minutes).toFixed(2),
  ];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

function described({ id, kind, metrics, runs }) {
  const column = kind === 'latency' ? 'wallNs' : 'gpuNs';
  const { value, low, high } = metrics.find(
    (metric) => metric.id === (kind === 'latency' ? 'wallTime' : 'gpuTime'),
  );
  const samples = runs.map((run) => run.samples);
  const medians = runs.map((run) => quantile(run.samples[column], 0.5) / run.iterations);
  const middle = quantile(medians, 0.5);
  return {
    id,
    value,
    halfWidth: (high - low) / 2 / value,
    between: spread(medians),
    within: quantile(
      samples.map((one) => spread(one[column])),
      0.5,
    ),
    fifths: fifthsOf(runs, column),
    logs: medians.map((median) => Math.log(median / middle)),
  };
}

/** The slowest fifth of all samples beside the fastest, over the samples whose workers were watched. */
function fifthsOf(runs, column) {
  const rows = runs
    .flatMap(({ samples, iterations }) =>
      samples[column].map((ns, i) => ({
        ns: ns / iterations,
        cpuNs: samples.workersCpuNs[i],
        waitNs: samples.workersRunQueueNs[i],
        whole: ns,
      })),
    )
    .filter(({ cpuNs, waitNs }) => cpuNs !== null && waitNs !== null)
    .sort((a, b) => a.ns - b.ns);
  const count = Math.floor(rows.length / FIFTH);
  if (count === 0) return null;
  const [fast, slow] = [rows.slice(0, count), rows.slice(-count)];
  const mean = (some, pick) => some.reduce((sum, row) => sum + pick(row), 0) / count;
  const ratio = (pick) => (mean(slow, pick) / mean(fast, pick)).toFixed(2);
  const wait = (some) => percent(mean(some, ({ waitNs, whole }) => waitNs / whole));
  return {
    time: ratio(({ ns }) => ns),
    cpu: ratio(({ cpuNs, ns, whole }) => (cpuNs * ns) / whole),
    wait: `${wait(fast)} → ${wait(slow)}`,
  };
}

/** How slow every run was, all cases together: what is common to them is the machine's. */
function minutesOf(all) {
  const runs = Math.min(...all.map(({ logs }) => logs.length));
  return Array.from(
    { length: runs },
    (_, run) => all.reduce((sum, { logs }) => sum + logs[run], 0) / all.length,
  );
}

function correlation(left, right) {
  const center = (values) =>
    values.map((value) => value - values.reduce((sum, one) => sum + one, 0) / values.length);
  const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const [a, b] = [center(left.slice(0, right.length)), center(right)];
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Of the middle half, relative to the median. */
function spread(values) {
  return (quantile(values, 0.75) - quantile(values, 0.25)) / quantile(values, 0.5);
}

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (place % 1) * (high - low);
}

function percent(ratio) {
  return `${(100 * ratio).toPrecision(2)} %`;
}
