// How far the ledger of this machine can be trusted: five tiers, decided from probed facts alone.
// Pure; the probe finds the facts, segment() applies the tier.
import { combineAccounting } from './accounting-rule.ts';
import type { Fact } from './fact.ts';

/**
 * - `A`: the scheduler's clocks exclude steal: it is measured per segment
 * - `B`: steal is only counted per CPU in ticks, and CPU time contains it
 * - `C`: no steal clock: the hypervisor does not tell
 * - `D`: the run-queue wait is not readable (gVisor): nothing can be separated
 * - `E`: no hypervisor: steal cannot exist, and the ledger must close
 */
export type Tier = 'A' | 'B' | 'C' | 'D' | 'E';

/** What may be said about steal on this machine, and why. Plain data for the report. */
export interface TierVerdict {
  readonly tier: Tier;
  /** A few words for a table. */
  readonly title: string;
  /** The facts that decided. */
  readonly reason: string;
  /** What a number of this tier means. */
  readonly stealBound: string;
  /** Interrupt time is in W − C − R too, or may be: the gap is then no lower bound of steal. */
  readonly gapIncludesIrq: boolean;
}

/** The facts that decide the tier. */
export interface TierFacts {
  /** The thread's schedstat can be read. */
  readonly schedstat: Fact<boolean>;
  readonly gvisor: Fact<boolean>;
  readonly hypervisor: Fact<boolean>;
  /** CONFIG_PARAVIRT_TIME_ACCOUNTING is in force: run time excludes steal. */
  readonly paravirtTimeAccounting: Fact<boolean>;
  /** The same by watching (observed-accounting.ts): decides where the configuration does not, and may contradict it. */
  readonly paravirtTimeAccountingObserved?: Fact<boolean>;
  /** The hypervisor tells the guest how much time it took. */
  readonly stealClock: Fact<boolean>;
  /** CONFIG_IRQ_TIME_ACCOUNTING is built in: run time excludes interrupts. */
  readonly irqTimeAccounting: Fact<boolean>;
}

type Ruling = Omit<TierVerdict, 'gapIncludesIrq'>;

/** Decides the tier; the first condition that holds, from "nothing readable" to "all known". */
export function tierOf(facts: TierFacts): TierVerdict {
  const ruling =
    unreadable(facts) ?? bareMetal(facts) ?? withoutStealClock(facts) ?? inTicks(facts) ?? measured(facts);
  return {
    ...ruling,
    gapIncludesIrq: !(facts.irqTimeAccounting.available && !facts.irqTimeAccounting.value),
  };
}

function unreadable({ schedstat, gvisor }: TierFacts): Ruling | undefined {
  const isGvisor = gvisor.available && gvisor.value;
  if (schedstat.available && schedstat.value && !isGvisor) return undefined;
  return {
    tier: 'D',
    title: 'not measurable',
    reason: isGvisor ? `gVisor keeps no scheduler statistics (${gvisor.source})` : because(schedstat),
    stealBound: 'unknown: only the wall clock and the CPU time can be read',
  };
}

function bareMetal({ hypervisor, stealClock }: TierFacts): Ruling | undefined {
  const stolen = stealClock.available && stealClock.value;
  if (stolen || !hypervisor.available || hypervisor.value) return undefined;
  return {
    tier: 'E',
    title: 'no hypervisor',
    reason: because(hypervisor),
    stealBound:
      'zero by nature: W − C − R of an unblocked segment must be 0 within its bound, a check of the clocks',
  };
}

function withoutStealClock({ stealClock, hypervisor }: TierFacts): Ruling | undefined {
  if (stealClock.available && stealClock.value) return undefined;
  const known = stealClock.available
    ? because(stealClock)
    : `no steal clock is known of: ${stealClock.reason}`;
  const above = hypervisor.available ? '' : `; hypervisor unknown: ${hypervisor.reason}`;
  return {
    tier: 'C',
    title: 'no steal clock',
    reason: known + above,
    stealBound: 'unknown: only stalls of unknown cause could be found',
  };
}

function accountingOf(facts: TierFacts): Fact<boolean> {
  return combineAccounting(facts.paravirtTimeAccounting, facts.paravirtTimeAccountingObserved);
}

function inTicks(facts: TierFacts): Ruling | undefined {
  const accounting = accountingOf(facts);
  if (accounting.available && accounting.value) return undefined;
  const contains = accounting.available ? 'includes' : 'may include';
  return {
    tier: 'B',
    title: `steal in ticks only, CPU time ${contains} it`,
    reason: `${because(accounting)}; ${because(facts.stealClock)}`,
    stealBound:
      'from 0 to the steal of the CPUs in /proc/stat plus one tick (10 ms) each, per case and not per segment',
  };
}

function measured(facts: TierFacts): Ruling {
  return {
    tier: 'A',
    title: 'steal measured',
    reason: `${because(accountingOf(facts))}; ${because(facts.stealClock)}`,
    stealBound:
      'from W − C − R of unblocked segments, each less its bound of some µs (a lower bound: kernels since 6.14 ' +
      'drop steal when another CPU wakes a task), to the steal of the CPUs in /proc/stat plus one tick (10 ms) each',
  };
}

function because(fact: Fact<boolean>): string {
  return fact.available ? fact.source : fact.reason;
}
