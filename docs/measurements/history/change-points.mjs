// How often a history finds changes that are not there, how often it finds those that are, and how near: series of reports with
// a known truth, drawn with a seed. Prints the table of docs/history.md.
//
//   node docs/measurements/history/change-points.mjs --series 1000 --seed 1 --of 60
//
// A report has runs, and every run a time with the given spread, in which one run in twenty met a neighbour (up to twice the time).
// `day` is what all runs of a report share: what no number of runs inside a report tells. `--of` is the number of series that share
// alpha; 1 if left out.
import { parseArgs } from 'node:util';
import { seededRandom } from '../../../dist/base/random.js';
import { judgeLatest } from '../../../dist/history/judge-latest.js';
import { changePoints } from '../../../dist/stats/change-points.js';
import { median } from '../../../dist/stats/quantile.js';
import { randomNormal } from '../../../dist/stats/random-gamma.js';

const text = (value) => ({ type: 'string', default: value });
const { values } = parseArgs({
  options: { series: text('1000'), reports: text('24'), seed: text('1'), of: text('1') },
});
const [SERIES, REPORTS] = [Number(values.series), Number(values.reports)];
const LIMITS = { noiseFloor: 0.01, alpha: 0.05 };
const random = seededRandom(Number(values.seed));

const neighbour = () => (random() < 0.05 ? 1 + random() : 1);

/** Times of the runs of a report, each as the one sample of its run. */
function report(runs, { level, spread, day }) {
  const shared = level * Math.exp(day * randomNormal(random));
  return Array.from({ length: runs }, () =>
    Float64Array.of(1e6 * shared * Math.exp(spread * randomNormal(random)) * neighbour()),
  );
}

function series({ runs, shift, from, ...effects }) {
  return Array.from({ length: REPORTS }, (_, i) =>
    report(runs, { level: i >= from ? shift : 1, ...effects }),
  );
}

function tried(cell) {
  const counts = { any: 0, right: 0, latest: 0 };
  for (let i = 0; i < SERIES; i++) {
    const points = series(cell);
    const found = changePoints(points, {
      seed: 1,
      resamples: 100,
      ...LIMITS,
      alpha: LIMITS.alpha / Number(values.of),
    });
    const isRight = found.some(({ index }) => Math.abs(index - cell.from) <= 1);
    const stretch = points.slice(found.at(-1)?.index ?? 0).map((runs) => median(runs.map(([ns]) => ns)));
    const [latest] = judgeLatest([{ values: stretch, better: 'lower' }], LIMITS);
    counts.any += found.length > 0 ? 1 : 0;
    counts.right += isRight ? 1 : 0;
    counts.latest += latest.verdict === 'slower' || latest.verdict === 'faster' ? 1 : 0;
  }
  return counts;
}

const percent = (count) => `${((100 * count) / SERIES).toFixed(1)} %`;
const middle = REPORTS / 2;
const cells = [
  { runs: 5, spread: 0.01, day: 0, shift: 1, from: middle },
  { runs: 3, spread: 0.01, day: 0, shift: 1, from: middle },
  { runs: 5, spread: 0.01, day: 0.005, shift: 1, from: middle },
  { runs: 5, spread: 0.01, day: 0.01, shift: 1, from: middle },
  { runs: 5, spread: 0.01, day: 0.02, shift: 1, from: middle },
  { runs: 5, spread: 0.01, day: 0, shift: 1.02, from: middle },
  { runs: 5, spread: 0.01, day: 0, shift: 1.03, from: middle },
  { runs: 5, spread: 0.01, day: 0, shift: 1.03, from: REPORTS - 3 },
  { runs: 5, spread: 0.01, day: 0, shift: 1.03, from: REPORTS - 5 },
  { runs: 5, spread: 0.01, day: 0.005, shift: 1.03, from: middle },
  { runs: 5, spread: 0.01, day: 0, shift: 1.05, from: REPORTS - 1 },
];
process.stdout.write(
  '| runs | spread of runs | of days | change | at report | any change found | found within one report of it | latest slower or faster |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n',
);
for (const cell of cells) {
  const { any, right, latest } = tried(cell);
  const { runs, spread, day, shift, from } = cell;
  const change = shift === 1 ? ['none', '–'] : [`+${Math.round((shift - 1) * 100)} %`, String(from + 1)];
  const hit = shift === 1 ? '–' : percent(right);
  const row = [runs, `${spread * 100} %`, `${day * 100} %`, ...change, percent(any), hit, percent(latest)];
  process.stdout.write(`| ${row.join(' | ')} |\n`);
}
