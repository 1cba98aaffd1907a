// In which units the tables show a benchmark's figures, from what it says of its iterations. The same choice as for the
// rates of its cases, made before anything ran.
import type { Benchmark } from '../suite/benchmark.ts';

type Stated = Pick<Benchmark, 'kind' | 'bytes' | 'flops' | 'items' | 'itemName' | 'showsItemTime'>;

/** `GB/s`, `keys/s`, `ns per hop`, in the order in which they are shown; the time where there is no rate. */
export function shownUnits(benchmark: Stated): readonly string[] {
  const { kind, bytes, flops, items, itemName = 'items', showsItemTime = false } = benchmark;
  if (showsItemTime && items !== undefined) return [`ns per ${singular(itemName)}`];
  const rates = [...(bytes === undefined ? [] : ['GB/s']), ...(flops === undefined ? [] : ['GFLOP/s'])];
  const isNamed = itemName !== 'items' || (rates.length === 0 && kind === 'throughput');
  const all = [...(items !== undefined && isNamed ? [`${itemName}/s`] : []), ...rates];
  // Of a latency the distribution of its times comes first.
  return kind === 'latency' ? ['time', ...all] : all.length === 0 ? ['time'] : all;
}

/** `hops` → `hop`, `passes` → `pass`, `ops` → `op`. */
export function singular(plural: string): string {
  return plural.replace(/(ss|sh|ch|x)es$/, '$1').replace(/(?<!s)s$/, '');
}
