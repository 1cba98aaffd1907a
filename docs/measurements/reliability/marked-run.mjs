// A `guestmark run` of tiny cases in a process group of its own, to be harmed at a chosen instant, and what must hold of it
// afterwards. Knows nothing of which harm is done.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseReport } from '../../../dist/report/parse-report.js';

const at = (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const CASES = 6;
const MODULE = at('test/fixtures/modules/marked.mjs');

/** Starts the run. `folder` holds the report and nothing else, but for what a fault leaves behind. */
export function startMarkedRun(runs) {
  const home = mkdtempSync(join(tmpdir(), 'guestmark-faults-'));
  const [out, mark] = [join(home, 'out/report.json'), join(home, 'marks')];
  const args = ['run', 'marked', '--module', MODULE, '--runs', String(runs), '--out', out];
  const short = ['--min-time', '1ms', '--max-time', '20ms', '--counters', 'none', '--device', 'llvmpipe'];
  const child = spawn(
    'sh',
    ['-c', 'mkdir out && exec "$@"', 'sh', process.execPath, at('dist/cli.js'), ...args, ...short],
    {
      cwd: home,
      detached: true,
      env: { ...process.env, GUESTMARK_TEST_MARK: mark },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const ended = new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return {
    child,
    ended,
    out,
    runs,
    cases: CASES,
    marks: () => marksOf(mark),
    remove: () => rmSync(home, { recursive: true }),
  };
}

/** `run k` of every case that began, in order: each process is one run. */
function marksOf(path) {
  const pids = [];
  const lines = textOf(path).split('\n').slice(0, -1);
  return lines.map((line) => {
    const [pid, k] = line.split(' ');
    if (!pids.includes(pid)) pids.push(pid);
    return `${pids.indexOf(pid) + 1} ${k}`;
  });
}

function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The case runs of a report that were measured, as `run k`; throws for a report that is half or wrong. */
export function measuredIn(path) {
  const text = textOf(path);
  if (text === '') return { status: null, measured: [] };
  const { status, results } = parseReport(text, path);
  const measured = results.flatMap(({ axes, runs }) =>
    runs.filter((one) => one.samples !== null).map(({ run }) => `${run} ${axes.k}`),
  );
  return { status, measured };
}

/** Names beside the report that a fault has left there. */
export function leftBeside(out) {
  return readdirSync(join(out, '..')).filter((name) => name !== 'report.json');
}

/** Processes of a group that still run; zombies do not. */
export function aliveInGroup(group) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const stat = textOf(`/proc/${pid}/stat`);
      const [state, , of] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return stat !== '' && Number(of) === group && state !== 'Z' && state !== 'X';
    })
    .map(Number);
}

/** Waits until nothing of the group runs any more, and says for how long; null when something still does after `limitMs`. */
export async function untilGroupEnds(group, limitMs) {
  const startMs = performance.now();
  while (aliveInGroup(group).length > 0) {
    if (performance.now() - startMs > limitMs) return null;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return performance.now() - startMs;
}

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
