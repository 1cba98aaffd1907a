// Whether both environments computed the same: the first of the three properties of a virtual machine in G. J. Popek and R. P.
// Goldberg, "Formal Requirements for Virtualizable Third Generation Architectures" (CACM 17, 1974), here for what kernels write.
// A difference is no failure of verification: every output was within its tolerance when it was measured.
import type { CaseEvidence } from '../evidence/evidence.ts';
import type { ComparedCase, Comparison, OutputComparison } from './comparison.ts';

/** Compares the SHA-256 of the outputs of every run of a case. */
export function compareOutputHashes(baseline: CaseEvidence, contender: CaseEvidence): OutputComparison {
  const hashes = [hashesOf(baseline), hashesOf(contender)] as const;
  const [ofBaseline, ofContender] = hashes;
  if (ofBaseline.size === 0) return unknown(missing('baseline', baseline));
  if (ofContender.size === 0) return unknown(missing('contender', contender));
  if (hashes.every(({ size }) => size === 1))
    return [...ofBaseline][0] === [...ofContender][0] ? EQUAL : DIFFERENT;
  const varying = ofBaseline.size > 1 ? 'baseline' : 'contender';
  return unknown(
    `the outputs differ between the runs of the ${varying} itself, as they may where the order of additions does`,
  );
}

const EQUAL: OutputComparison = { verdict: 'equal', reason: null };
const DIFFERENT: OutputComparison = {
  verdict: 'different',
  reason:
    'every run of a side wrote the same bytes, and the sides differ: both are within the tolerance of the reference',
};

function unknown(reason: string): OutputComparison {
  return { verdict: 'unknown', reason };
}

function hashesOf({ runs }: CaseEvidence): ReadonlySet<string> {
  return new Set(runs.flatMap(({ outputSha256 }) => (outputSha256.available ? [outputSha256.value] : [])));
}

function missing(side: string, { runs, problems }: CaseEvidence): string {
  const reason = runs.map(({ outputSha256 }) => (outputSha256.available ? null : outputSha256.reason))[0];
  // A wrong output is the worst of differences, and nothing else tells of it here.
  const why = problems[0] === undefined ? '' : `: ${problems[0]}`;
  return `no outputs of the ${side}: ${reason ?? `it has no run that may be reported${why}`}`;
}

/** What the cases say together. */
export function fidelityOf(cases: readonly Pick<ComparedCase, 'id' | 'outputs'>[]): Comparison['fidelity'] {
  const count = (verdict: OutputComparison['verdict']): number =>
    cases.filter(({ outputs }) => outputs.verdict === verdict).length;
  const different = cases.filter(({ outputs }) => outputs.verdict === 'different').map(({ id }) => id);
  const [equal, unknownCount] = [count('equal'), count('unknown')];
  const verdict = different.length > 0 ? 'different' : equal > 0 ? 'equal' : 'unknown';
  return {
    verdict,
    equal,
    different,
    unknown: unknownCount,
    statement: statementOf(equal, different.length, unknownCount),
  };
}

function statementOf(equal: number, different: number, unknownCount: number): string {
  const known = equal + different;
  if (known === 0) return 'no case has outputs that could be compared';
  const rest = unknownCount === 0 ? '' : `; ${unknownCount} could not be compared`;
  return different === 0
    ? `both environments wrote the same bytes in ${equal === 1 ? 'the one case' : `all ${equal} cases`} that can be compared${rest}`
    : `${different} of ${known} cases wrote other bytes on the contender${rest}`;
}
