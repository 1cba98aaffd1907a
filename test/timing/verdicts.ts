// Verdicts of every tier for tests that are not about the probe.
import type { Tier, TierVerdict } from '../../src/timing/ledger-rules.ts';

export function verdictOf(tier: Tier, gapIncludesIrq = false): TierVerdict {
  return { tier, title: tier, reason: `tier ${tier} in a test`, stealBound: '', gapIncludesIrq };
}

export const verdictA: TierVerdict = verdictOf('A');
