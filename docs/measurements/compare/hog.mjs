// A busy loop on the CPU of the measuring thread: is the cause named, and does the undisturbed wall hold the quiet one?
//
//   npm run build && node docs/measurements/compare/hog.mjs [--rounds 6] [--cpu 0] [--max-time 1s] [--wait block]
//     [--save DIR] [--load DIR]
//
// Runs a few cheap cases quiet and with the loop in turn, one process each, and prints parts, walls and the statement. Needs two
// CPUs, taskset and a Vulkan device; lavapipe gets one worker, and every thread but the measuring one is bound to the other CPU. Where
// other work cannot be stopped, a session of its own with `echo -20 > /proc/self/autogroup` (as root) puts guestmark and the loop
// above it. Short samples are rarely hit: between them the thread sleeps, and what slept goes first.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { judge, print, range, runsByCase, us } from './judge.mjs';

const CASES = ['empty-submit', 'memcpy[bytes=16Mi]', 'triad[n=1Mi]'];
const OTHER_CPU = 1;
/** Threads that were bound to it already. */
const bound = new Set();
const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '6' },
    cpu: { type: 'string', default: '0' },
    'max-time': { type: 'string', default: '1s' },
    wait: { type: 'string', default: 'block' },
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

/** A case that the loop does not make slower for certain is no evidence: then more rounds, or a quieter machine, are needed. */
function problems({ explained, quiet: alone, other }) {
  const found = [];
  if (!explained.statement.startsWith('wall +')) console.log('\nNot slower for certain: no evidence.');
  else if (explained.mainCause !== 'run-queue')
    found.push(`the main cause is ${explained.mainCause}, not the run-queue wait`);
  if (other.undisturbed.low > alone.wall.high || other.undisturbed.high < alone.wall.low)
    found.push(
      `undisturbed medians of ${range(other.undisturbed)} µs do not hold the quiet ${us(alone.wall.value)} µs`,
    );
  return found;
}

async function measure(side, file) {
  const loop =
    side === 'hog' ? start(['taskset', '-c', values.cpu, process.execPath, '-e', 'for (;;);']) : null;
  const options = [
    '--runs',
    '1',
    '--pin',
    values.cpu,
    '--wait',
    values.wait,
    '--min-time',
    values['max-time'],
    '--max-time',
    values['max-time'],
  ];
  const tool = start([process.execPath, CLI, 'run', ...CASES, ...options, '--out', file]);
  const binding = setInterval(() => bindOthers(tool.pid), 50);
  const status = await new Promise((resolve) => tool.on('exit', resolve));
  clearInterval(binding);
  loop?.kill('SIGKILL');
  if (status !== 0) throw new Error(`guestmark run ended with ${status}`);
}

/** A program of its own process id: `taskset` becomes what it starts. */
function start([program, ...args]) {
  return spawn(program, args, {
    env: { ...process.env, LP_NUM_THREADS: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Binds all threads of the processes below `parent` to the other CPU, but their first ones: in the measuring process that one measures. */
function bindOthers(parent) {
  for (const pid of childrenOf(parent)) {
    for (const thread of threadsOf(pid)) {
      if (thread === pid || bound.has(thread)) continue;
      bound.add(thread);
      spawnSync('taskset', ['-pc', String(OTHER_CPU), String(thread)]);
    }
  }
}

function childrenOf(pid) {
  try {
    const own = threadsOf(pid).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
    return own.flatMap((child) => [child, ...childrenOf(child)]);
  } catch {
    return [];
  }
}

function threadsOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}
