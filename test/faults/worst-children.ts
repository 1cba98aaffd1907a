// Runs the benchmarks of fixtures/modules/greedy.mjs under the built command line and tells what became of each, and how large the
// process grew that keeps the results.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseReport } from '../../src/report/parse-report.ts';

const LOOK_MS = 25;
const BRIEFLY = ['--runs', '1', '--min-time', '1ms', '--max-time', '5ms'];
const PROGRAM = [process.execPath, join(process.cwd(), 'dist/cli.js'), 'run'];

/** What became of a run. */
export interface WorstRun {
  readonly code: number | null;
  /** `ok`, or what the failure says, by case. */
  readonly outcomes: Readonly<Record<string, string>>;
  /** The largest that the parent has been (VmHWM). */
  readonly parentPeakBytes: number;
}

/**
 * Runs cases of the module in a folder, where the report is written to.
 *
 * @param first What the shell does before it becomes guestmark: sets limits, joins a control group.
 */
export async function runWorst(
  folder: string,
  cases: readonly string[],
  args: readonly string[],
  first = ':',
): Promise<WorstRun> {
  const module = join(process.cwd(), 'test/fixtures/modules/greedy.mjs');
  const command = [...PROGRAM, ...cases, '--module', module, ...BRIEFLY, '--out', 'report.json', ...args];
  const child = spawn('sh', ['-c', `${first} && exec "$@"`, 'sh', ...command], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  let parentPeakBytes = 0;
  const watch = setInterval(() => {
    parentPeakBytes = Math.max(parentPeakBytes, peakOf(child.pid));
  }, LOOK_MS);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(watch);
  if (code !== 0 && code !== 1) throw new Error(`guestmark exited with code ${code}: ${errors}`);
  return { code, outcomes: outcomesIn(join(folder, 'report.json')), parentPeakBytes };
}

function outcomesIn(path: string): WorstRun['outcomes'] {
  const report = parseReport(readFileSync(path, 'utf8'), path);
  return Object.fromEntries(
    report.results.map(({ id, runs }) => [
      id,
      runs.map(({ status, failure, samples }) => outcomeOf(status, failure, samples)).join('; '),
    ]),
  );
}

function outcomeOf(
  status: string,
  failure: { readonly kind: string; readonly message: string; readonly hint: string | null } | null,
  samples: { readonly wallNs: readonly number[] } | null,
): string {
  if (failure !== null) return `${failure.kind}: ${failure.message}; ${failure.hint}`;
  return samples !== null && samples.wallNs.length > 0 ? status : `${status} without samples`;
}

/** 0 where it is gone. */
function peakOf(pid: number | undefined): number {
  try {
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return 1024 * Number(kib ?? 0);
  } catch {
    return 0;
  }
}
