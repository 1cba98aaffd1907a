// Makes evidence of a report of `guestmark time`: every execution of the program is a run with one sample, with its corrected
// wall time as bounds. Knows what the report says of a program and nothing of Vulkan.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { BoundedNs, ProgramRun } from '../program/program-run.ts';
import type { TimeReport } from '../report/time-report.ts';
import type { ReportEvidence } from './case-evidence.ts';
import type { BoundedTimes, PartMean, RunEvidence } from './evidence.ts';
import { fewFacts, programCase, programRun } from './program-evidence.ts';

const PRODUCER = 'guestmark time';
const UNTOLD = unavailable('guestmark time does not tell it');
const UNDELAYED = unavailable(
  'guestmark time adds up the waits of all threads, and not every wait delays the end',
);

/** The evidence of such a report; its one case is called as the command line is. */
export function timeEvidence(report: TimeReport, path: string, reportIndex = 0): ReportEvidence {
  const { tool, command, status, tier, cpus, pin, warmup, runs, wantedRuns } = report;
  const missing = wantedRuns - runs.length;
  const facts = fewFacts({
    ...{ path, producer: PRODUCER, toolVersion: tool.version, status },
    tier: available(tier),
    settings: {
      pin: pin.available ? String(pin.value.cpu) : 'none',
      cpus: cpus.join(','),
      warmup: String(warmup),
    },
  });
  const program = programCase({
    command: commandText(command),
    executions: runs.map((run, index) => ({
      failure: failureOf(run),
      run: executionOf(run, index + 1, reportIndex),
    })),
    problems: missing > 0 ? [`${missing} of ${wantedRuns} executions were not made`] : [],
  });
  return { facts, cases: [program] };
}

/** As it could be typed: what holds spaces or nothing is in quotes. */
function commandText(command: readonly string[]): string {
  return command
    .map((word) => (/^[^\s"'\\]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
}

function failureOf({ exitCode, signal }: ProgramRun): string | null {
  if (signal !== null) return `ended by ${signal}`;
  return exitCode === 0 ? null : `exit code ${exitCode}`;
}

function executionOf(execution: ProgramRun, run: number, report: number): RunEvidence {
  const { wallNs, cpuNs, correctedWallNs } = execution;
  return programRun(UNTOLD, {
    ...{ report, run },
    times: { wallTime: Float64Array.of(wallNs), cpuTime: Float64Array.of(cpuNs) },
    correctedWall: mapAvailable(correctedWallNs, boundedTimes),
    undisturbedWall: UNDELAYED,
    parts: partsOf(wallNs, correctedWallNs),
    wallMeanNs: wallNs,
    stealShare:
      wallNs > 0
        ? mapAvailable(correctedWallNs, ({ lowNs, highNs }) => ({
            low: Math.max(0, wallNs - highNs) / wallNs,
            high: Math.max(0, wallNs - lowNs) / wallNs,
          }))
        : unavailable('it took no time'),
  });
}

function boundedTimes({ lowNs, highNs }: BoundedNs): BoundedTimes {
  return { lowNs: Float64Array.of(lowNs), highNs: Float64Array.of(highNs) };
}

/** What steal delayed the end by, and the program's own time, its waits included, which cannot be taken apart further. */
function partsOf(wallNs: number, corrected: Available<BoundedNs>): readonly PartMean[] {
  if (!corrected.available) return [];
  const { lowNs, highNs } = corrected.value;
  const delay = (ns: number): number => Math.max(0, wallNs - ns);
  return [
    { id: 'call', ns: highNs, lowNs, highNs },
    { id: 'steal', ns: delay(highNs), lowNs: delay(highNs), highNs: delay(lowNs) },
  ];
}
