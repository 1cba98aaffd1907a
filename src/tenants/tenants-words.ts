// How the figures of tenants read, the same in every format. Pure; knows no layout.
import type { Available } from '../base/availability.ts';
import { formatNs } from '../base/units.ts';
import { counted, NONE } from '../compare/comparison-words.ts';
import { formatPercentRange } from '../report/percent.ts';
import type { ValueInterval } from '../stats/ratio-interval.ts';
import { isVerified } from './kill-figures.ts';
import type {
  GroupFigures,
  Phase,
  SurvivorFigures,
  TenantRun,
  TenantsReport,
  TimesFigures,
} from './tenants-report.ts';

/** `2.03x (1.98–2.10)`: how many times as long. */
export function timesText(times: Available<ValueInterval>): string {
  if (!times.available) return NONE;
  const { value, low, high } = times.value;
  const digits = digitsOf(value);
  return `${value.toFixed(digits)}x (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

/** `1.98–2.10x`, where only bounds are known. */
export function timesRange(times: Available<ValueInterval>): string {
  if (!times.available) return NONE;
  const { low, high } = times.value;
  const digits = digitsOf(high);
  return `${low.toFixed(digits)}–${high.toFixed(digits)}x`;
}

/** `0.49 (0.48–0.51)`. */
export function shareText(share: Available<ValueInterval>): string {
  if (!share.available) return NONE;
  const { value, low, high } = share.value;
  const digits = high - low < 0.005 ? 3 : 2;
  return `${value.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

/** `12.3 µs`. */
export function timeText(time: Available<ValueInterval>): string {
  return time.available ? formatNs(time.value.value) : NONE;
}

/** `1.2 ms (1.1 ms–1.4 ms)`. */
export function timeIntervalText(time: Available<ValueInterval>): string {
  if (!time.available) return NONE;
  const { value, low, high } = time.value;
  return `${formatNs(value)} (${formatNs(low)}–${formatNs(high)})`;
}

/** `2.03x` without its interval. */
export function timesShort(times: Available<ValueInterval>): string {
  return times.available ? `${times.value.value.toFixed(digitsOf(times.value.value))}x` : NONE;
}

/** Stolen alone and together: `0–1.2% → 0–3%`. */
export function stealText(alone: TimesFigures, together: TimesFigures): string {
  const share = ({ steal }: TimesFigures): string =>
    steal.available ? formatPercentRange(steal.value.low, steal.value.high) : NONE;
  return `${share(alone)} → ${share(together)}`;
}

function digitsOf(value: number): number {
  return value >= 99.5 ? 0 : value >= 9.95 ? 1 : 2;
}

/** Cases by a short name: that of the benchmark, where it stands for one case only. */
export function caseLabels(groups: TenantsReport['groups']): ReadonlyMap<string, string> {
  const ids = [...new Set(groups.flatMap(({ members }) => members.map(({ caseId }) => caseId)))];
  const nameOf = (id: string): string => id.replace(/\[.*/, '');
  const names = ids.map(nameOf);
  return new Map(
    ids.map((id) => [id, names.filter((name) => name === nameOf(id)).length === 1 ? nameOf(id) : id]),
  );
}

/** What was done, on what: the first line of every format. */
export function headText({ command, device, phases, tier, cpuCount }: TenantsReport): string {
  const { scenario, tenants, rounds, timeNs } = command;
  const who = scenario === 'matrix' ? 'pairs of tenants' : counted(tenants, 'tenant');
  const what = {
    fairness: '',
    aggressor: ', the last one an aggressor',
    matrix: '',
    kill: ', the last one killed',
    memory: ', the last one takes all memory and is killed',
  };
  const on = device.available ? `${device.value.name}, ${device.value.driver}` : device.reason;
  const done = Math.max(0, ...phases.map(({ round }) => round));
  const many = done < rounds ? `${done} of ${rounds} rounds` : counted(rounds, 'round');
  const clocks = tier.available ? `; tier ${tier.value}` : '';
  return `${who}${what[scenario]} on ${on}; ${many} of ${formatNs(timeNs)}; ${counted(cpuCount, 'CPU')}${clocks}`;
}

/** What the reader must know before any figure. */
export function cautions(report: TenantsReport): readonly string[] {
  const { device, phases, groups, validation, command } = report;
  const software =
    device.available && device.value.software
      ? [
          'SOFTWARE DEVICE, no GPU: it computes on the CPUs of this guest, so tenants share them as any programs do, and the figures are those of the scheduler of this guest',
        ]
      : [];
  const failures = phases.flatMap((phase) =>
    phase.tenants.flatMap((run, member) => {
      const { role, caseId } = groups[phase.group]?.members[member] ?? { role: 'tenant', caseId: '' };
      const problem = role === 'killed' && phase.kill !== null ? null : problemOf(run);
      return problem === null
        ? []
        : [`round ${phase.round}, ${whoText(groups[phase.group]?.kind, member)} ${caseId}: ${problem}`];
    }),
  );
  const few = fewRounds(command.rounds);
  const newcomers = phases.flatMap(({ round, kill }) =>
    kill === null || isVerified(kill.newcomer)
      ? []
      : [`round ${round}, newcomer after the death: ${problemOf(kill.newcomer) ?? 'it was not verified'}`],
  );
  return [
    ...software,
    ...busyGuest(report.figures),
    ...failures,
    ...newcomers,
    ...validation.map((text) => `validation: ${text}`),
    ...few,
  ];
}

/** Of tenants that run together the number counts. */
function whoText(kind: 'alone' | 'together' | undefined, member: number): string {
  return kind === 'alone' ? 'alone,' : `tenant ${member + 1}`;
}

/** So few threads wait for moments at a time where nothing else runs. */
const QUIET_THREADS = 0.25;

/** A tenant that waited for a CPU when no other tenant ran had something else beside it. */
function busyGuest(figures: TenantsReport['figures']): readonly string[] {
  const waited = new Map<string, number>();
  for (const { members } of figures)
    for (const { caseId, alone } of members)
      if (alone.waitingThreads.available) waited.set(caseId, alone.waitingThreads.value);
  return [...waited].flatMap(([caseId, threads]) =>
    threads > QUIET_THREADS
      ? [
          `${caseId}, alone: ${threads.toFixed(1)} of its threads waited for a CPU of this guest on average, so something else ran meanwhile; times alone are too long then, and slowdowns too small`,
        ]
      : [],
  );
}

/** The least number of rounds whose minimum and maximum hold their median with 95 %. */
const LEAST_ROUNDS = 6;

function fewRounds(rounds: number): readonly string[] {
  if (rounds >= LEAST_ROUNDS) return [];
  const most = Math.round(100 * (1 - 2 ** (1 - rounds)));
  const said =
    rounds === 1
      ? 'of one round there is no interval over rounds, only of the samples in it'
      : `intervals are over ${rounds} rounds, which cannot promise more than ${most} %`;
  return [`${said}: --rounds ${LEAST_ROUNDS} can promise 95 %`];
}

/** Why a run does not count; null where it does. */
export function problemOf({ status, failure, skipReason, samples }: TenantRun): string | null {
  if (failure !== null) return failure.message;
  if (status === 'skipped') return `skipped: ${skipReason ?? ''}`;
  return samples === null ? 'it took no samples' : null;
}

/** Whether a member's failure is the point of the measurement. */
export function isExpectedDeath({ kill }: Phase, member: number): boolean {
  return kill !== null && kill.member === member;
}

/** `fairness 0.998 (0.995–1.000), total 0.98 (0.97–0.99)`: the summary of one group. */
export function summaryText({ figures, command }: TenantsReport): string {
  if (command.scenario === 'matrix') return `${counted(figures.length, 'pair')} of kinds of work`;
  return figures.map(groupSummary).join('; ');
}

function groupSummary({ fairness, total, survivors, recovery }: GroupFigures): string {
  if (recovery === null) return `fairness ${shareText(fairness)}, total ${shareText(total)}`;
  const sum = (pick: (one: SurvivorFigures) => number): number =>
    survivors.reduce((all, one) => all + pick(one), 0);
  const whole = `${sum((one) => one.verifiedRuns)} of ${counted(
    sum((one) => one.runs),
    'run',
  )} beside the death complete and verified`;
  return `${whole}; first right result of another process ${timeText(recovery.verified)} after it`;
}
