// Kills a run with SIGKILL at random times and continues it with --resume, until it is complete: no result may get lost, come twice or
// change. `npm run build && node docs/measurements/reliability/kill-and-resume.mjs [kills] [runs] [seed]` prints one JSON summary and
// exits with 1 where something is wrong. Uses the Vulkan device of --device llvmpipe.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '../../../dist/base/random.js';
import { parseReport } from '../../../dist/report/parse-report.js';

const [kills = 20, runs = 12, seed = 1] = process.argv.slice(2).map(Number);
const CASES = ['copy[n=4Ki]', 'triad[n=4Ki]', 'empty-submit'];
const TIMES = ['--min-time', '1ms', '--max-time', '5ms'];
const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'guestmark-resume-'));
const out = join(folder, 'report.json');
const random = seededRandom(seed);
const problems = [];
const counts = { kills: 0, withResults: 0, afterTheFirstSave: 0 };

try {
  let known = new Map();
  let startUpMs = 1000;
  while (counts.kills < kills) {
    const startMs = performance.now();
    const { child, ended } = start();
    const before = stamp();
    const saved = until(() => stamp() !== before, child);
    // Half of the kills before the first save of this part, half behind it.
    if (random() < 0.5) await Promise.race([saved, sleep(random() * startUpMs)]);
    else {
      await saved;
      startUpMs = performance.now() - startMs;
      await sleep(random() * startUpMs);
    }
    if (child.exitCode !== null) break;
    child.kill('SIGKILL');
    await ended;
    counts.kills++;
    if (stamp() !== before) counts.afterTheFirstSave++;
    known = compared(known);
    if (known.size > 0) counts.withResults++;
  }
  const { ended } = start();
  const code = await ended;
  known = compared(known);
  const report = read();
  const expected = CASES.length * runs;
  if (code !== 0) problems.push(`the last part exited with ${code}`);
  if (report?.status !== 'complete') problems.push(`the report is ${report?.status}`);
  if (known.size !== expected) problems.push(`${known.size} results of ${expected}`);
  const found = report?.resumed.at(0)?.foundCaseRuns ?? expected;
  const added = report?.resumed.reduce((sum, one) => sum + one.addedCaseRuns, 0) ?? 0;
  if (found + added !== expected) problems.push(`the parts add up to ${found} + ${added}`);
  const leftBehind = readdirSync(folder).filter((name) => name !== 'report.json');
  const parts = (report?.resumed.length ?? 0) + 1;
  const summary = { seed, ...counts, cases: CASES.length, runs, results: known.size, parts };
  console.log(JSON.stringify({ ...summary, lostResults: problems.length, problems, leftBehind }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = problems.length === 0 ? 0 : 1;

function start() {
  const words = ['run', ...CASES, '--device', 'llvmpipe', '--runs', String(runs), ...TIMES];
  // Once it exists the report knows the rest.
  const line = existsSync(out) ? ['run'] : words;
  const child = spawn(process.execPath, [CLI, ...line, '--out', out, '--resume'], { stdio: 'ignore' });
  return { child, ended: new Promise((resolve) => child.on('close', resolve)) };
}

function read() {
  if (!existsSync(out)) return null;
  try {
    return parseReport(readFileSync(out, 'utf8'), out);
  } catch (error) {
    problems.push(`after kill ${counts.kills}: ${error.message}`);
    return null;
  }
}

/** Every result by its hash; what was there before must be there as it was. */
function compared(before) {
  const now = new Map();
  for (const { id, runs: measured } of read()?.results ?? []) {
    for (const caseRun of measured) {
      const key = `${id}, run ${caseRun.run}`;
      if (now.has(key)) problems.push(`after kill ${counts.kills}: ${key} is there twice`);
      now.set(key, createHash('sha256').update(JSON.stringify(caseRun)).digest('hex'));
    }
  }
  for (const [key, hash] of before) {
    if (!now.has(key)) problems.push(`after kill ${counts.kills}: ${key} is lost`);
    else if (now.get(key) !== hash) problems.push(`after kill ${counts.kills}: ${key} has changed`);
  }
  return now;
}

/** Changes with every save. */
function stamp() {
  return existsSync(out) ? createHash('sha256').update(readFileSync(out)).digest('hex') : null;
}

async function until(condition, child) {
  while (!condition() && child.exitCode === null) await sleep(10);
}

function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
