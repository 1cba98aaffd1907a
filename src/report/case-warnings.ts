// Decides which conditions of a case its reader must know about. Every limit has its reason beside it;
// how a warning reads and what to do is in warnings.ts.
import { formatNs } from '../base/units.ts';
import { summarize } from '../stats/summary.ts';
import type { StopReason } from '../suite/case-run.ts';
import { columnOf, ledgerShare, type SampledRun } from './case-samples.ts';
import { clockWarnings } from './clock-warnings.ts';
import { type DeviceEvidence, deviceWarnings } from './device-warnings.ts';
import { formatPercent } from './percent.ts';
import type { CaseResult, Metric, ReportWarning } from './report.ts';
import { stallsInSamples } from './stalls-in-samples.ts';
import type { StealShare } from './steal-share.ts';
import { timerLimit } from './timer-limit.ts';
import { warningOf } from './warnings.ts';

/** What the warnings of a case depend on. */
export interface CaseEvidence extends DeviceEvidence {
  readonly kind: CaseResult['kind'];
  /** Whether waiting for a CPU is what the case is about. */
  readonly isContended: boolean;
  /** At least one. */
  readonly runs: readonly SampledRun[];
  readonly metrics: readonly Metric[];
  readonly steal: StealShare | null;
  /** Rates that could not be computed because the time is 0 or wrong. */
  readonly rateless: readonly string[];
  /** Why there are no rates at all; null where there are. */
  readonly notDouble: string | null;
  readonly timestampPeriodNs: number | null;
}

/** Below five runs no interval over runs covers 95 % (see bootstrap.ts). */
const ENOUGH_RUNS = 5;
/** Below it even the interval inside a run is wide; sampling aims at no fewer. */
const ENOUGH_SAMPLES = 10;
/** A comparison speaks of differences of 1 %; five times that hides most of what one would look for. */
const STABLE_HALF_WIDTH = 0.05;
/** Run medians of one mode differ by a few percent. */
const SAME_MODE_RATIO = 1.2;
/** One in ten lies far out: the median is then not what the machine usually shows. */
const MANY_OUTLIERS = 0.1;
/** The default noise floor of a comparison. */
const NOTABLE_STEAL = 0.01;
/** As for steal: a comparison speaks of differences of 1 %. */
const NOTABLE_THROTTLING = 0.01;
/** A thread that measures and finds no CPU this often measures its neighbours. */
const NOTABLE_RUN_QUEUE_WAIT = 0.05;

/** Long enough to be seen as an outlier, and longer than any interrupt; shorter ones come on every machine. */
const NOTABLE_STALL_NS = 1e6;
const NOTABLE_STALL_SHARE = 0.01;

/** The warnings of a case, the most fundamental first. */
export function caseWarnings(evidence: CaseEvidence): readonly ReportWarning[] {
  return [
    ...clockWarnings(evidence.runs),
    ...deviceWarnings(evidence),
    ...amountWarnings(evidence),
    ...stopWarnings(evidence.runs),
    ...timerWarnings(evidence),
    ...spreadWarnings(evidence),
    ...machineWarnings(evidence),
    ...stallWarnings(evidence.runs),
  ];
}

function amountWarnings({ runs }: CaseEvidence): readonly ReportWarning[] {
  const warnings: ReportWarning[] = [];
  if (runs.length === 1)
    warnings.push(warningOf('one-run', 'one run: its interval says nothing about other runs'));
  else if (runs.length < ENOUGH_RUNS) {
    warnings.push(
      warningOf('few-runs', `${runs.length} runs: an interval of 95 % takes at least ${ENOUGH_RUNS}`),
    );
  }
  const fewest = Math.min(...runs.map(({ samples }) => samples.wallNs.length));
  if (fewest < ENOUGH_SAMPLES) {
    warnings.push(
      warningOf('few-samples', `a run has only ${fewest} ${fewest === 1 ? 'sample' : 'samples'}`),
    );
  }
  return warnings;
}

function stopWarnings(runs: readonly SampledRun[]): readonly ReportWarning[] {
  const stopped = (reason: StopReason): number =>
    runs.filter(({ stopReason }) => stopReason === reason).length;
  const [late, interrupted] = [stopped('max-time'), stopped('interrupted')];
  const warnings: ReportWarning[] = [];
  if (late > 0)
    warnings.push(
      warningOf(
        'not-converged',
        `${late} of ${runs.length} runs ran out of time before the median was known to 1 %`,
      ),
    );
  if (interrupted > 0)
    warnings.push(
      warningOf('interrupted', `${interrupted} of ${runs.length} runs were interrupted while sampling`),
    );
  return warnings;
}

function timerWarnings({
  runs,
  rateless,
  notDouble,
  timestampPeriodNs,
  clockProblem,
}: CaseEvidence): readonly ReportWarning[] {
  const limit = timerLimit(columnOf(runs, 'gpuNs', 'submission'), timestampPeriodNs);
  const warnings: ReportWarning[] = [];
  if (limit !== null) warnings.push(warningOf('timer-limited', `the device's timer is too coarse: ${limit}`));
  if (notDouble !== null) warnings.push(warningOf('not-double', `no rate is given: ${notDouble}`));
  if (rateless.length > 0) {
    const why = clockProblem === null ? 'the measured time may be 0' : 'the timestamps cannot be true';
    warnings.push(warningOf('no-rate', `no ${rateless.join(', ')}: ${why}`));
  }
  return warnings;
}

/** The metric a case is judged by: of a latency the round trip, else device time where there is one. */
function judgedBy(kind: CaseResult['kind'], metrics: readonly Metric[]): Metric {
  const find = (wanted: string): Metric | undefined => metrics.find(({ id }) => id === wanted);
  // Every run with samples has a wall time.
  return ((kind === 'throughput' ? find('gpuTime') : undefined) ?? find('wallTime')) as Metric;
}

function spreadWarnings({ kind, runs, metrics }: CaseEvidence): readonly ReportWarning[] {
  const judged = judgedBy(kind, metrics);
  const column = judged.id === 'gpuTime' ? 'gpuNs' : 'wallNs';
  const series = columnOf(runs, column, 'iteration').flatMap((run) => summarize(run) ?? []);
  const warnings: ReportWarning[] = [];
  const halfWidth = (judged.high - judged.low) / 2 / judged.value;
  if (judged.value > 0 && halfWidth > STABLE_HALF_WIDTH)
    warnings.push(warningOf('unstable', `${judged.id} is known to ± ${formatPercent(halfWidth)} only`));
  const medians = series.map((run) => run.median);
  const [fastest, slowest] = [Math.min(...medians), Math.max(...medians)];
  if (fastest > 0 && slowest > fastest * SAME_MODE_RATIO) {
    const span = `${formatNs(fastest)} and ${formatNs(slowest)}`;
    warnings.push(warningOf('bimodal', `run medians of ${judged.id} lie between ${span}`));
  }
  const severe = series.reduce((sum, run) => sum + run.outliers.severe, 0);
  const share = severe / series.reduce((sum, run) => sum + run.count, 0);
  if (share > MANY_OUTLIERS) {
    warnings.push(
      warningOf('outliers', `${formatPercent(share)} of the samples of ${judged.id} are severe outliers`),
    );
  }
  return warnings;
}

function machineWarnings({ runs, steal, isContended }: CaseEvidence): readonly ReportWarning[] {
  const warnings: ReportWarning[] = [];
  const share = Math.max(steal?.low ?? 0, countedStealShare(runs) ?? 0);
  if (share > NOTABLE_STEAL)
    warnings.push(warningOf('steal', `the hypervisor took ${formatPercent(share)} of the CPU time or more`));
  if (steal?.disagree === true) {
    warnings.push(
      warningOf('steal-disagrees', 'the thread was charged more steal than the CPUs lost on which it ran'),
    );
  }
  const throttled = ledgerShare(runs, 'throttledNs') ?? 0;
  if (throttled > NOTABLE_THROTTLING) {
    warnings.push(
      warningOf(
        'throttled',
        `a CPU quota kept the measuring thread waiting for up to ${formatPercent(throttled)} of the time`,
      ),
    );
  }
  const waiting = ledgerShare(runs, 'runQueueNs') ?? 0;
  if (waiting > NOTABLE_RUN_QUEUE_WAIT && !isContended) {
    warnings.push(
      warningOf(
        'run-queue-wait',
        `the measuring thread waited for a CPU during ${formatPercent(waiting)} of the time`,
      ),
    );
  }
  return warnings;
}

/** Stalls that no counter explains, where they fall into samples. */
function stallWarnings(runs: readonly SampledRun[]): readonly ReportWarning[] {
  const found = stallsInSamples(runs);
  if (found === null) return [];
  const { count, withinNs, longestNs, sampledNs } = found;
  if (longestNs < NOTABLE_STALL_NS && withinNs <= NOTABLE_STALL_SHARE * sampledNs) return [];
  const stood = `the machine stood still ${count} ${count === 1 ? 'time' : 'times'} in samples`;
  const length = `${formatNs(withinNs)} in all, at most ${formatNs(longestNs)} at once`;
  return [warningOf('stalls', `${stood} (${length}), and no counter says why`)];
}

/** Steal of all CPUs as a share of their time, over whole cases; null where no run knows. */
function countedStealShare(runs: readonly SampledRun[]): number | null {
  let [stolenNs, cpuNs] = [0, 0];
  for (const { steal, caseWallNs } of runs) {
    if (!steal.available) continue;
    stolenNs += steal.value.totalNs;
    cpuNs += caseWallNs * Object.keys(steal.value.perCpuNs).length;
  }
  return cpuNs > 0 ? stolenNs / cpuNs : null;
}
