// Evidence of whole programs that were run and timed from outside: what the reports of `guestmark time` and of other tools have in
// common. One execution is one run with one sample; a program knows no device and no axes.
import { type Unavailable, unavailable } from '../base/availability.ts';
import type { CaseEvidence, ReportFacts, RunEvidence } from './evidence.ts';

/** A command that was executed several times. */
export interface Program {
  /** The command line: what pairs with the other side. */
  readonly command: string;
  readonly executions: readonly Execution[];
  /** What is wrong besides failed executions. */
  readonly problems: readonly string[];
}

/** One execution and how it ended; null where that is fine. */
export interface Execution {
  readonly failure: string | null;
  readonly run: RunEvidence;
}

/** The case of a program. Executions that failed are left out: a program that gave up early is not fast. */
export function programCase({ command, executions, problems }: Program): CaseEvidence {
  return {
    id: command,
    benchmark: command,
    axes: {},
    kind: 'latency',
    category: null,
    bytes: null,
    flops: null,
    items: null,
    itemName: 'items',
    showsItemTime: false,
    runs: executions.filter(({ failure }) => failure === null).map(({ run }) => run),
    problems: [...problems, ...failures(executions)],
    spirvSha256: null,
  };
}

/** `2 of 10 executions are left out: exit code 1`, for every way in which they ended. */
function failures(executions: readonly Execution[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { failure } of executions)
    if (failure !== null) counts.set(failure, (counts.get(failure) ?? 0) + 1);
  return [...counts].map(
    ([failure, count]) => `${count} of ${executions.length} executions are left out: ${failure}`,
  );
}

/** Why no device, no output and no clock of a device is known: an execution with these times, in ns. */
export function programRun(
  reason: Unavailable,
  run: Pick<RunEvidence, 'report' | 'run' | 'times' | 'wallMeanNs'> & Partial<RunEvidence>,
): RunEvidence {
  return {
    correctedWall: reason,
    undisturbedWall: reason,
    parts: [],
    stealShare: reason,
    outputSha256: reason,
    computeClockHz: reason,
    throttleReasons: [],
    ...run,
  };
}

/** Facts of a report in which little of them stands. */
export function fewFacts(
  facts: Pick<ReportFacts, 'path' | 'producer' | 'toolVersion'> & Partial<ReportFacts>,
): ReportFacts {
  const untold = unavailable(`a report of ${facts.producer} does not tell it`);
  return {
    startedAt: untold,
    finishedAt: untold,
    status: 'complete',
    hostname: untold,
    device: unavailable('a program that is timed from outside has no device of its own'),
    software: false,
    driver: untold,
    binding: untold,
    tier: untold,
    hypervisor: untold,
    attachment: untold,
    linuxRelease: untold,
    cpuModel: untold,
    cpuCount: null,
    settings: {},
    powerLimitWatts: untold,
    processStartsMs: [],
    ...facts,
  };
}
