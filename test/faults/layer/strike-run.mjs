// One `guestmark run` under one fault, and what came of it: which results it cost, and whether the report tells the truth.
// Used by tests and by docs/measurements/reliability, hence plain JavaScript on the build.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseReport } from '../../../dist/report/parse-report.js';

const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
/** Samples of a millisecond: a fault does not depend on how long is sampled. */
const BRIEF = ['--min-time', '1ms', '--max-time', '2ms'];

/** Runs the command line to its end under a plan of faults. */
export async function strikeRun(layer, { plan, args, folder, limitMs = 120_000 }) {
  const strike = layer.strike(plan);
  const out = join(folder, 'struck.json');
  rmSync(out, { force: true });
  const startMs = performance.now();
  const child = spawn(process.execPath, [CLI, 'run', ...args, ...BRIEF, '--out', out], {
    env: { ...process.env, ...strike.environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const [exitCode, signal] = await new Promise((resolve) => child.on('close', (...end) => resolve(end)));
  clearTimeout(timer);
  const report = existsSync(out) ? parseReport(readFileSync(out, 'utf8'), out) : null;
  return {
    exitCode,
    signal,
    stderr,
    wallMs: performance.now() - startMs,
    report,
    ...strike.counts(),
  };
}

/**
 * Judges a run of so many cases and runs. A fault may cost the case that it struck, or the whole command where it struck the
 * very first opening of the device; every other result must be there.
 */
export function judgeStruck(
  { exitCode, signal, stderr, report, faults },
  { cases, runs, mostFailures = faults },
) {
  const problems = [];
  if (signal !== null) problems.push(`the command was ended by ${signal}`);
  if (/\n\s+at /.test(stderr)) problems.push('a stack trace was shown');
  if (report === null) {
    if (exitCode === 0 || !/^guestmark: Cannot /m.test(stderr)) problems.push('no report, and no reason');
    return { problems, failures: [], lost: 0, refused: true };
  }
  const all = report.results.flatMap((result) => result.runs.map((run) => ({ id: result.id, ...run })));
  const failures = all.filter(({ status }) => status === 'failed');
  const lost = cases * runs - all.length + Math.max(0, failures.length - mostFailures);
  if (lost > 0) problems.push(`${lost} results were lost`);
  if (report.status !== 'complete') problems.push(`the report is ${report.status}`);
  if (all.some(({ status, samples }) => status === 'ok' && samples === null))
    problems.push('a case is ok without samples');
  if (exitCode !== (failures.length > 0 ? 1 : 0)) problems.push(`exit code ${exitCode}`);
  return { problems, failures, lost, refused: false };
}
