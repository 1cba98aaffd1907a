// kill -9 of a run at random instants: nothing of it may live on, its report must stay valid, and what was saved stays. A
// temporary file may stay where the kill came between writing and renaming; the next run removes it. Prints one JSON object.
//
//   node docs/measurements/reliability/killed.mjs [COUNT] [SEED] [AT ONCE]   (after `npm run build`)
import { readdirSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TEMPORARY_NAME } from '../../../dist/base/temporary-name.js';
import { removeStaleTemporaries } from '../../../dist/report/stale-temporaries.js';
import { leftBeside, measuredIn, seeded, startMarkedRun, untilGroupEnds } from './marked-run.mjs';

const [count, seed, atOnce] = [2, 3, 4].map((i, at) => Number(process.argv[i] ?? [50, 1, 1][at]));
const RUNS = 2;
/** For a child in native code to be told by the kernel and to end; the machine may be busy. */
const DIE_LIMIT_MS = 5000;

const random = seeded(seed);
const spanMs = Math.max(...(await Promise.all(Array.from({ length: atOnce }, undisturbedMs))));
const summary = {
  seed,
  spanMs: Math.round(spanMs),
  injected: 0,
  survived: 0,
  lostResults: 0,
  unsavedResults: 0,
};
const [reports, problems, deaths] = [{}, [], []];
let temporaries = 0;

const instants = Array.from({ length: count }, () => spanMs * random());
await Promise.all(Array.from({ length: atOnce }, work));
const slowestDeathMs = Math.round(Math.max(0, ...deaths));
console.log(JSON.stringify({ ...summary, slowestDeathMs, temporaries, reports, problems }, null, 1));
process.exitCode = problems.length === 0 ? 0 : 1;

async function work() {
  for (let next = instants.shift(); next !== undefined; next = instants.shift()) await inject(next);
}

async function undisturbedMs() {
  const run = startMarkedRun(RUNS);
  const startMs = performance.now();
  await run.ended;
  run.remove();
  return performance.now() - startMs;
}

async function inject(afterMs) {
  const run = startMarkedRun(RUNS);
  await Promise.race([sleep(afterMs), run.ended]);
  const saved = stateOf(run).measured;
  const told = run.marks().slice(0, -1);
  run.child.kill('SIGKILL');
  const diedMs = await untilGroupEnds(run.child.pid, DIE_LIMIT_MS);
  await run.ended;
  const found = [];
  if (diedMs === null) found.push('a process lives on');
  else deaths.push(diedMs);
  const state = stateOf(run);
  if (state.problem !== undefined) found.push(state.problem);
  const lost = saved.filter((one) => !state.measured.includes(one));
  if (lost.length > 0) found.push(`${lost.length} saved case runs are lost`);
  found.push(...cleaned(run));
  summary.injected++;
  summary.lostResults += lost.length;
  // Saving may take a twentieth of the time at most: what ended since the last save is not on the disk.
  summary.unsavedResults += told.filter((one) => !state.measured.includes(one)).length;
  if (found.length === 0) summary.survived++;
  for (const what of found) problems.push({ afterMs: Math.round(afterMs), what });
  reports[state.status ?? 'none'] = (reports[state.status ?? 'none'] ?? 0) + 1;
  run.remove();
}

function stateOf({ out }) {
  try {
    return measuredIn(out);
  } catch (error) {
    return { status: 'invalid', measured: [], problem: `the report: ${error.message}` };
  }
}

/** What another run, ten minutes later, leaves of what is beside the report. */
function cleaned({ out }) {
  const folder = dirname(out);
  if (!readdirSync(dirname(folder)).includes('out')) return [];
  const left = leftBeside(out);
  temporaries += left.length;
  const seconds = Date.now() / 1e3 - 3600;
  for (const name of left.filter((one) => TEMPORARY_NAME.test(one)))
    utimesSync(join(folder, name), seconds, seconds);
  removeStaleTemporaries(folder);
  return leftBeside(out).map((name) => `${name} stays`);
}
