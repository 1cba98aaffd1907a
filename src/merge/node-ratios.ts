// How slow a node is over all of its cases together, for ordering and for one figure a node. A description, not a test: who is an
// outlier has been decided before.
import type { FleetCase, FleetReport } from './fleet-report.ts';

/**
 * The geometric mean over the cases of a node of its main time over the fleet's median, by the index of the node; null for a node
 * without any value. Ratios are averaged as logarithms (Fleming and Wallace, CACM 29, 1986).
 */
export function nodeRatios({
  nodes,
  cases,
}: Pick<FleetReport, 'nodes' | 'cases'>): readonly (number | null)[] {
  const sums = new Float64Array(nodes.length);
  const counts = new Uint32Array(nodes.length);
  for (const one of cases) {
    for (const [node, ratio] of mainRatios(one).entries()) {
      if (ratio === null) continue;
      sums[node] = (sums[node] as number) + Math.log(ratio);
      counts[node] = (counts[node] as number) + 1;
    }
  }
  return nodes.map((_, node) => {
    const count = counts[node] as number;
    return count === 0 ? null : Math.exp((sums[node] as number) / count);
  });
}

/** The main time of every node over the fleet's median; null for a node without one. */
export function mainRatios({ measures, main }: FleetCase): readonly (number | null)[] {
  const measure = measures.find(({ metric }) => metric === main);
  const median = measure?.distribution.median ?? 0;
  if (measure === undefined || !(median > 0)) return [];
  return measure.values.map((value) => (value !== null && value > 0 ? value / median : null));
}
