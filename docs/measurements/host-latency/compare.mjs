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

/** More workers than CPUs would take turns on the one they have, and how they do is chance. */
const DRIVER = { LP_NUM_THREADS: '1' };

/** Where the thread that is timed and the driver's threads run. `pin` is what a case of the completion grid calls it. */
const PLACES = [
  { name: 'one CPU', pin: 1, cpus: [cpu], options: [], cOptions: [], env: {} },
  {
    name: 'two CPUs',
    pin: 2,
    cpus: [cpu, otherCpu],
    options: ['--pin', cpu],
    cOptions: [otherCpu, cpu],
    env: {
      NODE_OPTIONS: `--import ${here('driver-apart.mjs')}`,
      HOST_LATENCY_DRIVER_CPU: String(otherCpu),
    },
  },
];

/**
 * What C calls it, and which case of guestmark makes the same calls. `most`: what ours may take, as a multiple of C;
 * a rate of 0.8 is 1.25 times as long.
 */
const PAIRS = [
  { c: 'empty, wait', mode: 'block', id: () => 'empty-submit', most: 1.1 },
  { c: 'empty, wait', mode: 'block', id: ({ pin }) => `completion-fence-wait[pin=${pin},load=0]`, most: 1.1 },
  {
    c: 'empty, poll',
    mode: 'block',
    id: ({ pin }) => `completion-fence-poll[pin=${pin},load=0]`,
    most: 1.15,
  },
  { c: 'empty, queue idle', mode: 'block', id: ({ pin }) => `completion-queue-idle[pin=${pin},load=0]` },
  { c: 'no batch, wait', mode: 'block', id: () => 'zero-submit' },
  { c: '64 dispatches, a call each', mode: 'block', id: () => 'submit-rate[count=64,form=3]', most: 1.25 },
  { c: '64 dispatches, one call', mode: 'block', id: () => 'submit-rate[count=64,form=1]', most: 1.25 },
  { c: 'empty, poll', mode: 'spin', id: () => 'empty-submit', most: 1.15 },
];

const MODES = [...new Set(PAIRS.map(({ mode }) => mode))];

const folder = mkdtempSync(join(tmpdir(), 'host-latency-'));
const [program, out] = [join(folder, 'host-latency'), join(folder, 'report.json')];
try {
  execFileSync('cc', ['-O2', here('host-latency.c'), '-o', program, '-lvulkan']);
  console.log(
    '| CPUs | in C | in guestmark | C | guestmark | ratio | interval | asked for | ours − C | told as ours |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|');
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
    const turns = [
      () => ({ c: inC(place, gapNs) }),
      ...MODES.map((mode) => () => ({ [mode]: ours(place, mode) })),
    ];
    // Whoever comes first in a round comes last in the next.
    return Object.assign({}, ...(round % 2 === 0 ? turns : turns.reverse()).map((turn) => turn()));
  });
  return PAIRS.map((pair) => compared(place, pair, taken));
}

function compared(place, { c, mode, id, most }, taken) {
  const inC = taken.map((round) => median(round.c[c]));
  const own = taken.map((round) => round[mode][id(place)]);
  const ratio = medianInterval(Float64Array.from(own, ({ wallNs }, i) => wallNs / inC[i]));
  const differences = own.map(({ wallNs }, i) => wallNs - inC[i]);
  const name = mode === 'spin' ? `${id(place)}, --wait spin` : id(place);
  const cells = [
    place.name,
    c,
    name,
    us(median(inC)),
    us(median(own.map(({ wallNs }) => wallNs))),
    ratio.median.toFixed(3),
    `${ratio.low.toFixed(3)}–${ratio.high.toFixed(3)}`,
    most === undefined ? '' : `≤ ${most}`,
    us(median(differences)),
    us(median(own.map(({ costNs }) => costNs))),
  ];
  return { met: most === undefined || ratio.median <= most, cells };
}

/** Samples of every kind, in ns. */
function inC({ cpus, cOptions }, gapNs) {
  const command = [program, here('../../../shaders/spirv/increment.spv'), C_SAMPLES, gapNs, ...cOptions];
  const options = { encoding: 'utf8', maxBuffer: 2 ** 26, env: { ...process.env, ...DRIVER } };
  return JSON.parse(execFileSync('taskset', ['-c', cpus.join(','), ...command].map(String), options));
}

/** By case: the median of the samples in ns, the own cost of this tool that the report tells, and the time between samples. */
function ours(place, mode) {
  const ids = PAIRS.filter((pair) => pair.mode === mode).map(({ id }) => id(place));
  const timing = ['--runs', '1', '--wait', mode, '--min-time', '0.2s', '--max-time', '0.2s'];
  const command = [process.execPath, cli, 'run', ...ids, ...timing, ...place.options, '--out', out];
  execFileSync('taskset', ['-c', place.cpus.join(','), ...command].map(String), {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...DRIVER, ...place.env },
  });
  const { results } = JSON.parse(readFileSync(out, 'utf8'));
  return Object.fromEntries(results.map(({ id, runs: [run] }) => [id, told(id, run)]));
}

function told(id, { status, skipReason, samples, ownCost }) {
  if (status !== 'ok') throw new Error(`${id} is ${status}: ${skipReason}`);
  const { wallNs, startNs } = samples;
  const { emptyNs, calls, callNs } = ownCost.value;
  const gaps = startNs.slice(1).map((start, i) => start - startNs[i] - wallNs[i]);
  return { wallNs: median(wallNs), costNs: emptyNs + calls * callNs, gapNs: median(gaps) };
}

function us(ns) {
  return `${(ns / 1e3).toPrecision(3)} µs`;
}
