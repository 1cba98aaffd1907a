// Which cases of the two sides belong together: those of the same id, which names the benchmark and every axis. Nothing is
// matched by likeness: a case at another size is another case.
import type { CaseEvidence, Side } from '../evidence/evidence.ts';

/** A case that both sides have. */
export interface CasePair {
  readonly baseline: CaseEvidence;
  readonly contender: CaseEvidence;
}

/** The pairs in the order of the baseline, and the ids that only one side has. */
export function pairCases(
  baseline: Side,
  contender: Side,
): {
  readonly pairs: readonly CasePair[];
  readonly unpaired: { readonly baseline: readonly string[]; readonly contender: readonly string[] };
} {
  const ofContender = new Map(contender.cases.map((one) => [one.id, one]));
  const pairs = baseline.cases.flatMap((one): CasePair[] => {
    const other = ofContender.get(one.id);
    return other === undefined ? [] : [{ baseline: one, contender: other }];
  });
  const paired = new Set(pairs.map((pair) => pair.baseline.id));
  const rest = (side: Side): string[] => side.cases.map(({ id }) => id).filter((id) => !paired.has(id));
  return { pairs, unpaired: { baseline: rest(baseline), contender: rest(contender) } };
}
