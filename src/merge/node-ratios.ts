// How slow a node is against those with the same device, for ordering, for colours, and for one figure a node. A description, not a
// test: who is an outlier has been decided before.
import { median } from '../stats/quantile.ts';
import type { FleetCase, FleetNode, FleetReport } from './fleet-report.ts';

/** The nodes with the same device, by index; those whose device is not known are together. */
type Kinds = readonly (readonly number[])[];

/**
 * The geometric mean over the cases of a node of its main time over the median of the nodes with its device, by the index of the node;
 * null for a node without any value. Ratios are averaged as logarithms (Fleming and Wallace, CACM 29, 1986).
 */
export function nodeRatios({
  nodes,
  cases,
}: Pick<FleetReport, 'nodes' | 'cases'>): readonly (number | null)[] {
  const sums = new Float64Array(nodes.length);
  const counts = new Uint32Array(nodes.length);
  const kinds = deviceKinds(nodes);
  for (const one of cases) {
    for (const [node, ratio] of mainRatios(one, kinds).entries()) {
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

/** The nodes by their device. */
export function deviceKinds(nodes: readonly Pick<FleetNode, 'device'>[]): Kinds {
  const kinds = new Map<string | null, number[]>();
  for (const [index, { device }] of nodes.entries()) {
    const key = device.available ? device.value : null;
    const known = kinds.get(key);
    if (known === undefined) kinds.set(key, [index]);
    else known.push(index);
  }
  return [...kinds.values()];
}

/** The main time of every node over the median of the nodes of its kind; null for a node without one. */
export function mainRatios({ measures, main }: FleetCase, kinds: Kinds): readonly (number | null)[] {
  const measure = measures.find(({ metric }) => metric === main);
  if (measure === undefined) return [];
  const { values, distribution } = measure;
  const ratios: (number | null)[] = values.map(() => null);
  for (const kind of kinds) {
    const middle =
      kinds.length === 1 ? distribution.median : median(kind.flatMap((node) => values[node] ?? []));
    for (const node of kind) {
      const value = values[node] ?? null;
      if (value !== null && value > 0 && middle > 0) ratios[node] = value / middle;
    }
  }
  return ratios;
}
