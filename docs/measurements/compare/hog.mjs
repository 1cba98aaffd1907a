// A busy loop on the CPU of the measuring thread: is the cause named, and does the undisturbed wall hold the quiet one?
//
//   npm run build && node docs/measurements/compare/hog.mjs [--rounds 6] [--cpu 0] [--max-time 1s] [--save DIR] [--load DIR]
//
// Runs a few cheap cases quiet and with the loop in turn, one process each, and prints parts, walls and the statement. Needs two
// CPUs with nothing else on them, taskset and a Vulkan device; lavapipe gets one worker, which has the other CPU.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { judge, print, range, runsByCase, us } from './judge.mjs';

const CASES = ['empty-submit', 'submit-dispatch', 'copy-h2d[bytes=256Ki]'];
const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '6' },
    cpu: { type: 'string', default: '0' },
    'max-time': { type: 'string', default: '1s' },
    save: { type: 'string' },
    load: { type: 'string' },
  },
});
const folder = values.load ?? values.save ?? mkdtempSync(join(tmpdir(), 'guestmark-hog-'));
mkdirSync(folder, { recursive: true });

const reports = { quiet: [], hog: [] };
for (let round = 1; round <= Number(values.rounds); round++) {
  for (const side of ['quiet', 'hog']) {
    const file = join(folder, `${side}-${round}.json`);
    if (values.load === undefined) await measure(side, file);
    reports[side].push(JSON.parse(readFileSync(file, 'utf8')));
  }
}
const [quiet, hog] = [reports.quiet, reports.hog].map(runsByCase);
let wrong = 0;
for (const [id, runs] of quiet) {
  const judged = judge(id, runs, hog.get(id) ?? []);
  print(id, judged, ['quiet', 'with the loop']);
  for (const problem of problems(judged)) {
    wrong++;
    console.log(`\nNOT AS IT SHOULD BE: ${problem}`);
  }
}
process.exitCode = wrong === 0 ? 0 : 1;

function problems({ explained, quiet: alone, other }) {
  const found = [];
  const { low, high } = other.undisturbedMean;
  const margin = (alone.wall.high - alone.wall.low) / 2;
  if (explained.mainCause !== 'run-queue')
    found.push(`the main cause is ${explained.mainCause}, not the run-queue wait`);
  if (alone.undisturbedMean.high < low - margin || alone.undisturbedMean.low > high + margin)
    found.push(
      `undisturbed means of ${range(other.undisturbedMean)} µs do not meet the quiet ${range(alone.undisturbedMean)} µs`,
    );
  if (other.undisturbed.low > alone.wall.high || other.undisturbed.high < alone.wall.low)
    found.push(
      `undisturbed medians of ${range(other.undisturbed)} µs do not hold the quiet ${us(alone.wall.value)} µs`,
    );
  return found;
}

async function measure(side, file) {
  const loop =
    side === 'hog' ? spawn('taskset', ['-c', values.cpu, process.execPath, '-e', 'for (;;);']) : null;
  const options = [
    '--runs',
    '1',
    '--pin',
    values.cpu,
    '--wait',
    'block',
    '--min-time',
    values['max-time'],
    '--max-time',
    values['max-time'],
  ];
  const { status, stderr } = spawnSync(process.execPath, [CLI, 'run', ...CASES, ...options, '--out', file], {
    env: { ...process.env, LP_NUM_THREADS: '1' },
    encoding: 'utf8',
  });
  loop?.kill('SIGKILL');
  if (status !== 0) throw new Error(`guestmark run ended with ${status}: ${stderr}`);
}
