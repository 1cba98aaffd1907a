// Submission and completion by guestmark against the same calls in C: both in processes of their own, in turn, on the
// same CPUs. A ratio is taken within a round; its interval is of order statistics over the rounds.
//
//   node docs/measurements/host-latency/compare.mjs [ROUNDS, 6 or more] [CPU] [OTHER CPU]   (after `npm run build`)
//
// Needs a C compiler, the Vulkan headers and taskset. Ends with 1 where a demand is not met.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { medianInterval } from '../../../dist/stats/order-statistic-interval.js';
import { median } from '../../../dist/stats/quantile.js';

const [rounds, cpu, otherCpu] = [12, 1, 0].map((usual, i) => Number(process.argv[2 + i] ?? usual));
const C_SAMPLES = 2000;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const cli = here('../../../dist/cli.js');

/** What C calls it, and which case of guestmark makes the same calls. `most`: what ours may take, as a multiple of C. */
const PAIRS = [
  { c: 'empty, wait', mode: 'block', id: 'empty-submit', most: 1.1 },
  { c: 'empty, poll', mode: 'spin', id: 'empty-submit', most: 1.15 },
  { c: 'no batch, wait', mode: 'block', id: 'zero-submit', most: 1.1 },
];

/** Where the thread that is timed and the driver's threads run. */
const PLACES = [
  {
    name: 'on one CPU',
    cOptions: [],
    options: [],
    cpus: [cpu],
    env: {},
  },
  {
    name: 'apart',
    cOptions: [otherCpu, cpu],
    options: ['--pin', cpu],
    cpus: [cpu, otherCpu],
    env: {
      NODE_OPTIONS: `--import ${here('driver-apart.mjs')}`,
      HOST_LATENCY_DRIVER_CPU: String(otherCpu),
    },
  },
];

const folder = mkdtempSync(join(tmpdir(), 'host-latency-'));
const [program, out] = [join(folder, 'host-latency'), join(folder, 'report.json')];
try {
  execFileSync('cc', ['-O2', here('host-latency.c'), '-o', program, '-lvulkan']);
  console.log('| CPUs | calls | C | guestmark | ratio | interval | asked for | ours − C | told as ours |');
  console.log('|---|---|---|---|---|---|---|---|---|');
  const rows = PLACES.flatMap(measure);
  for (const { cells } of rows) console.log(`| ${cells.join(' | ')} |`);
  process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

/** All rounds of one place. */
function measure(place) {
  const first = ours(place, 'block');
  const gapNs = Math.round(median(Object.values(first).map((one) => one.gapNs)));
  const taken = Array.from({ length: rounds }, (_, round) => {
    // Whoever comes first in a round comes last in the next.
    const turns = [
      () => ({ c: inC(place, gapNs) }),
      ...modes().map((mode) => () => ({ [mode]: ours(place, mode) })),
    ];
    return Object.assign({}, ...(round % 2 === 0 ? turns : turns.reverse()).map((turn) => turn()));
  });
  return PAIRS.map((pair) => compared(place, pair, taken));
}

function modes() {
  return [...new Set(PAIRS.map(({ mode }) => mode))];
}

function compared({ name }, { c, mode, id, most }, taken) {
  const inC = taken.map((round) => median(round.c[c]));
  const own = taken.map((round) => round[mode][id]);
  const ratio = medianInterval(Float64Array.from(own, ({ wallNs }, i) => wallNs / inC[i]));
  const [cNs, oursNs, costNs] = [inC, own.map(({ wallNs }) => wallNs), own.map((one) => one.costNs)].map(
    median,
  );
  const differences = own.map(({ wallNs }, i) => wallNs - inC[i]);
  return {
    met: ratio.median <= most,
    cells: [
      name,
      c,
      us(cNs),
      us(oursNs),
      ratio.median.toFixed(3),
      `${ratio.low.toFixed(3)}–${ratio.high.toFixed(3)}`,
      `≤ ${most}`,
      us(median(differences)),
      us(costNs),
    ],
  };
}

/** Samples of every kind, in ns. */
function inC({ cpus, cOptions }, gapNs) {
  const command = [program, C_SAMPLES, gapNs, ...cOptions].map(String);
  return JSON.parse(execFileSync('taskset', ['-c', cpus.join(','), ...command], { encoding: 'utf8' }))
    .samplesNs;
}

/** By case: the median of the samples in ns, the own cost of this tool that the report tells, and the time between samples. */
function ours({ cpus, options, env }, mode) {
  const ids = PAIRS.filter((pair) => pair.mode === mode).map(({ id }) => id);
  const timing = ['--runs', '1', '--wait', mode, '--min-time', '0.2s', '--max-time', '0.2s'];
  const command = [process.execPath, cli, 'run', ...ids, ...timing, ...options, '--out', out].map(String);
  execFileSync('taskset', ['-c', cpus.join(','), ...command], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  });
  const { results } = JSON.parse(readFileSync(out, 'utf8'));
  return Object.fromEntries(results.map(({ id, runs: [run] }) => [id, told(run)]));
}

function told({ samples: { wallNs, startNs }, ownCost }) {
  const { emptyNs, calls, callNs } = ownCost.value;
  const gaps = startNs.slice(1).map((start, i) => start - startNs[i] - wallNs[i]);
  return { wallNs: median(wallNs), costNs: emptyNs + calls * callNs, gapNs: median(gaps) };
}

function us(ns) {
  return `${(ns / 1e3).toPrecision(3)} µs`;
}
