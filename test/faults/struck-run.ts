// The built command line on a driver that misbehaves, and the report that it left behind.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseReport } from '../../src/report/parse-report.ts';
import type { Report } from '../../src/report/report.ts';
import type { CaseRun, SampleColumns } from '../../src/suite/case-run.ts';
import { type Finished, start, temporaryFolder } from '../e2e/guestmark.ts';
import type { FaultCounts, FaultFlip, FaultLayer } from './layer/fault-layer.mjs';

/** What a struck command left. */
export interface Struck extends Finished {
  readonly report: Report;
  readonly counts: FaultCounts;
  readonly flips: readonly FaultFlip[];
}

const SHORT = ['--runs', '1', '--min-time', '1ms', '--max-time', '5ms'];

/** Runs cases under a plan; a later option replaces an earlier one. */
export async function struckRun(
  layer: FaultLayer,
  plan: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Struck> {
  using folder = temporaryFolder();
  const out = join(folder.path, 'report.json');
  const strike = layer.strike(plan);
  const finished = await start(['run', ...SHORT, '--out', out, ...args], {
    ...strike.environment,
    ...environment,
  }).finished;
  const report = parseReport(readFileSync(out, 'utf8'), out);
  return { ...finished, report, counts: strike.counts(), flips: strike.flips() };
}

/** The runs of the case whose id begins like this. */
export function runsOf({ report }: Pick<Struck, 'report'>, id: string): readonly CaseRun[] {
  const result = report.results.find((one) => one.id.startsWith(id));
  if (result === undefined) throw new Error(`no case ${id} in the report`);
  return result.runs;
}

/** The samples of a run that has some. */
export function samplesOf({ samples }: CaseRun): SampleColumns {
  if (samples === null) throw new Error('the run has no samples');
  return samples;
}
