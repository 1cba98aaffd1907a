// Puts the cases of several reports together, by their exact id, and says where the reports do not agree on what a case is. Knows
// no files.
import type { CaseEvidence } from './evidence.ts';

/** Cases as reports come in. */
export interface MergedCases {
  add(cases: readonly CaseEvidence[]): void;
  /** In the order in which they first appeared. */
  all(): readonly CaseEvidence[];
}

/** Begins with none. */
export function mergeCases(): MergedCases {
  const parts = new Map<string, CaseEvidence[]>();
  return {
    add(cases) {
      for (const one of cases) {
        const known = parts.get(one.id);
        if (known === undefined) parts.set(one.id, [one]);
        else known.push(one);
      }
    },
    all: () => [...parts.values()].map(merged),
  };
}

function merged(parts: readonly CaseEvidence[]): CaseEvidence {
  const [first, ...others] = parts as [CaseEvidence, ...CaseEvidence[]];
  if (others.length === 0) return first;
  const { work, problem } = workOf(parts);
  const differs = others.some(({ spirvSha256 }) => spirvSha256 !== first.spirvSha256);
  const problems = [
    ...parts.flatMap((one) => one.problems),
    ...(problem === null ? [] : [problem]),
    ...(differs ? ['the reports have different shaders by this name'] : []),
  ];
  return {
    ...first,
    ...work,
    runs: parts.flatMap(({ runs }) => runs),
    problems: [...new Set(problems)],
  };
}

type Work = Pick<CaseEvidence, 'bytes' | 'flops' | 'items'>;

const UNKNOWN: Work = { bytes: null, flops: null, items: null };

/** What an iteration does, by the reports that may tell: most of them must, and all must say the same. */
function workOf(parts: readonly CaseEvidence[]): { readonly work: Work; readonly problem: string | null } {
  const telling = parts.filter(
    ({ bytes, flops, items }) => bytes !== null || flops !== null || items !== null,
  );
  const [first] = telling;
  if (first === undefined || 2 * telling.length < parts.length) return { work: UNKNOWN, problem: null };
  const { bytes, flops, items } = first;
  const agree = telling.every((one) => one.bytes === bytes && one.flops === flops && one.items === items);
  return agree
    ? { work: { bytes, flops, items }, problem: null }
    : { work: UNKNOWN, problem: 'no rate: the reports do not agree on what an iteration does' };
}
