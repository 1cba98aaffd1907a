// What of a program's wall time was stolen, and what the wall time would have been without: bounds, and why they are
// no narrower. Pure; where the evidence comes from is in run-program.ts.
//
// The lower bound is what the scheduler charged as steal. With records of all switches it is Σ time on a CPU − C over
// all threads, gone ones included (facts: S = W − C − O); without, W − C − R over stretches in which a thread never
// slept. Records are stamped about 25 µs per sleep too late for an exact difference, always so that the bound becomes
// lower, hence nothing is added for it. The upper bound is what /proc/stat counts on the CPUs where the program may have
// run: nothing is stolen from a thread but on its CPU. Steal from guestmark while it starts the program and while it
// notices its end belongs to both bounds: nothing else runs then, so it is a part of the program's wall time.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { CaseSteal } from '../timing/case-steal.ts';
import type { TierVerdict } from '../timing/ledger-rules.ts';
import type { BoundedNs } from './program-run.ts';

/** What was measured of a program. */
export interface StealEvidence {
  readonly verdict: TierVerdict;
  readonly wallNs: number;
  /** No less than this was charged as steal to all threads together, and to the main thread. */
  readonly chargedNs: number;
  readonly leaderChargedNs: number;
  /** The most that may have been stolen from guestmark itself, on the way to the start and behind the end, on other CPUs. */
  readonly elsewhereNs: number;
  /** The most that the main thread can have slept. */
  readonly leaderSleptNs: number;
  /** CPU time of the thread that used most. */
  readonly busiestCpuNs: number;
  /** The CPU time of every thread is known, so that `chargedNs` holds. */
  readonly isAccounted: boolean;
  /** How `chargedNs` was found, in words. */
  readonly method: string;
  readonly stat: Available<CaseSteal>;
}

/** Below this share of what /proc/stat counts the reader is told why. */
const WIDE = 0.95;

/** The steal that hit the threads of the program. */
export function stealOf(evidence: StealEvidence): Available<BoundedNs> {
  const { verdict, stat } = evidence;
  switch (verdict.tier) {
    case 'A':
    case 'B': {
      const ceiling = stat.available ? stat.value.ceilingNs : stat;
      return mapAvailable(ceiling, (ceilingNs) => bounded(evidence, ceilingNs + evidence.elsewhereNs));
    }
    case 'E':
      return available({ lowNs: 0, highNs: 0, reason: 'there is no hypervisor' });
    default:
      return unavailable(verdict.reason);
  }
}

function bounded(evidence: StealEvidence, ceilingNs: number): BoundedNs {
  const charged = creditedNs(evidence);
  // Processes that nobody waits for are missing in C, and what they computed would be taken for steal.
  const isLeaderOnly = charged.ns > ceilingNs || (charged.ns > 0 && !evidence.isAccounted);
  const lowNs = isLeaderOnly ? evidence.leaderChargedNs : charged.ns;
  if (lowNs > ceilingNs) return { lowNs: 0, highNs: lowNs, reason: CONTRADICTION };
  const reason = isLeaderOnly
    ? 'the main thread only: the CPU time of some thread is not known'
    : [charged.reason, shortfall(charged.ns, evidence)].filter(Boolean).join('; ');
  return { lowNs, highNs: ceilingNs, reason };
}

const CONTRADICTION =
  'the scheduler charged more to the main thread than /proc/stat counts: neither is trusted';

/** What the scheduler charged, where its charge means steal. */
function creditedNs({ verdict, chargedNs, method }: StealEvidence): { ns: number; reason: string } {
  if (verdict.tier === 'B')
    return { ns: 0, reason: 'CPU time contains the steal, which /proc/stat counts per CPU' };
  if (verdict.gapIncludesIrq) return { ns: 0, reason: 'interrupt time cannot be told from steal here' };
  return { ns: chargedNs, reason: method };
}

/** Why the scheduler charged less than /proc/stat counts, where it did so by more than the ticks explain. */
function shortfall(chargedNs: number, { verdict, stat }: StealEvidence): string {
  if (verdict.tier !== 'A' || verdict.gapIncludesIrq || !stat.available) return '';
  const { perCpu, tickNs } = stat.value;
  const countedNs = perCpu.reduce((sum, { deltaNs }) => sum + (deltaNs.available ? deltaNs.value : 0), 0);
  const surelyNs = countedNs - tickNs * perCpu.length;
  if (surelyNs <= 0 || chargedNs >= WIDE * surelyNs) return '';
  const share = Math.round((100 * chargedNs) / countedNs);
  return (
    `that is ${share} % of what /proc/stat counts on ${cpuNames(perCpu.map(({ cpu }) => cpu))}: other programs were ` +
    'hit, or the kernel dropped steal because another CPU woke tasks here'
  );
}

/** `CPU 0`, `CPUs 0, 1`. */
function cpuNames(cpus: readonly number[]): string {
  return `${cpus.length === 1 ? 'CPU' : 'CPUs'} ${cpus.join(', ')}`;
}

/**
 * The wall time without the steal that delayed the end, on the understanding that the program would have done the same
 * work in the same order.
 *
 * - high = wall − (steal charged to the main thread − its sleep). Steal before a wait may be hidden by it: what was
 *   waited for went on meanwhile. Where the main thread never slept all of its steal delayed the end; where it slept for
 *   longer than was stolen, nothing is certain. (A program that overlaps with something for longer than it ever waits
 *   could have hidden more; no account tells.) Steal of other threads is never certain: nobody may have waited for them.
 * - low = wall − all steal there can be: every ns of it may have delayed the end, none of it counts twice. Not below
 *   the CPU time of the busiest thread, less the steal that may hide in it uncharged.
 */
export function correctedWall(evidence: StealEvidence, steal: Available<BoundedNs>): Available<BoundedNs> {
  return mapAvailable(steal, ({ lowNs, highNs }) => {
    const { wallNs, leaderChargedNs, leaderSleptNs, busiestCpuNs } = evidence;
    const certainNs = Math.max(0, Math.min(leaderChargedNs, lowNs) - leaderSleptNs);
    const mostNs = wallNs - certainNs;
    const busyNs = busiestCpuNs - (highNs - lowNs);
    const leastNs = Math.min(mostNs, Math.max(0, busyNs, wallNs - highNs));
    return { lowNs: leastNs, highNs: mostNs, reason: certainty(certainNs, lowNs) };
  });
}

function certainty(certainNs: number, lowNs: number): string {
  if (lowNs === 0) return 'no steal is certain';
  if (certainNs === 0) return 'the program may have waited for something else while it was stolen from';
  if (certainNs < lowNs) return 'a part of the steal may be hidden behind what the program waited for';
  return 'the main thread never slept: all of its steal delayed the end';
}
