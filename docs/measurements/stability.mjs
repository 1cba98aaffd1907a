// How well the time of every case of a report is known: the relative half-width of the 95 % interval of its median over the runs,
// the noisiest first, with what the report itself says of the noise.
//
//   guestmark run --runs 10 --out report.json; node docs/measurements/stability.mjs report.json
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));

const rows = report.results
  .filter(({ status }) => status === 'ok')
  .map(({ id, kind, metrics, warnings, runs }) => {
    const judged = kind === 'latency' ? 'wallTime' : 'gpuTime';
    const { value, low, high } = metrics.find((one) => one.id === judged);
    const noise = ['bimodal', 'workers-share-a-cpu', 'outliers', 'run-queue-wait', 'steal', 'not-converged'];
    return {
      id,
      judged,
      value,
      halfWidth: (high - low) / 2 / value,
      runs: runs.length,
      why: warnings.map((warning) => warning.id).filter((one) => noise.includes(one)),
    };
  })
  .sort((a, b) => b.halfWidth - a.halfWidth);

const percent = (ratio) => `${(100 * ratio).toPrecision(2)} %`;
process.stdout.write('| case | median | ± | runs | warnings |\n|---|---|---|---|---|\n');
for (const { id, value, halfWidth, runs, why } of rows)
  process.stdout.write(
    `| ${id} | ${(value / 1e6).toPrecision(3)} ms | ${percent(halfWidth)} | ${runs} | ${why.join(', ')} |\n`,
  );
