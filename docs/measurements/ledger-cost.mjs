// What the ledger costs: a pair of snapshots by itself, and what turning it on changes in the smallest benchmarks.
// Passes with and without alternate, each a run of its own; the ratio on / off of the median wall times has an interval
// of order statistics over the passes.
//
//   node docs/measurements/ledger-cost.mjs [PASSES, 6 or more] [BINDING]   (after `npm run build`)
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { calibrateSnapshot, openSnapshotClock } from 'guestmark/timing';
import { medianInterval } from '../../dist/stats/order-statistic-interval.js';
import { median } from '../../dist/stats/quantile.js';

const CASES = ['empty-submit', 'submit-dispatch'];
const passes = Number(process.argv[2] ?? 20);
const binding = process.argv[3] ?? 'koffi';
const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

console.log('| clock | snapshot, least | median | two snapshots, back to back |');
console.log('|---|---|---|---|');
for (const prefer of ['auto', 'pure-node']) console.log(snapshotRow(prefer));

/** A pair as a sample has it: what passes between the wall times of two snapshots with nothing in between. */
function snapshotRow(prefer) {
  const { clock } = openSnapshotClock({ prefer });
  const { costMinNs, costMedianNs } = calibrateSnapshot(clock);
  const [from, to] = [clock.newSnapshot(), clock.newSnapshot()];
  const pairs = Array.from({ length: 2000 }, () => {
    const startNs = process.hrtime.bigint();
    clock.take(from);
    clock.take(to);
    return Number(process.hrtime.bigint() - startNs);
  });
  return `| ${clock.name} | ${us(costMinNs)} | ${us(costMedianNs)} | ${us(median(pairs))} |`;
}

const walls = {};
for (let pass = 0; pass < passes; pass++) {
  for (const ledger of pass % 2 === 0 ? ['on', 'off'] : ['off', 'on']) {
    for (const [id, ns] of Object.entries(measure(ledger, pass))) {
      walls[id] ??= { on: [], off: [] };
      walls[id][ledger].push(ns);
    }
  }
}
console.log('\n| case | wall time, ledger off | ledger on | on / off | interval |');
console.log('|---|---|---|---|---|');
for (const [id, { on, off }] of Object.entries(walls)) {
  const ratio = medianInterval(Float64Array.from(on, (ns, pass) => ns / off[pass]));
  const [at, low, high] = [ratio.median, ratio.low, ratio.high].map((value) => value.toFixed(3));
  console.log(`| ${id} | ${us(median(off))} | ${us(median(on))} | ${at} | ${low}–${high} |`);
}

/** Median wall time of a sample by case, in ns. */
function measure(ledger, seed) {
  const folder = mkdtempSync(join(tmpdir(), 'guestmark-ledger-'));
  const out = join(folder, 'report.json');
  const options = ['--runs', '1', '--binding', binding, '--seed', String(seed + 1), '--max-time', '1s'];
  try {
    execFileSync(process.execPath, [cli, 'run', ...CASES, '--ledger', ledger, ...options, '--out', out], {
      stdio: 'ignore',
    });
    const { results } = JSON.parse(readFileSync(out, 'utf8'));
    return Object.fromEntries(results.map(({ id, runs }) => [id, median(runs[0].samples.wallNs)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function us(ns) {
  return `${(ns / 1e3).toPrecision(3)} µs`;
}
