// A case of a report before anything of it was measured: what its benchmark says of it. A report that is continued must have
// been begun with the same. Pure.
import type { UnjudgedCase } from '../report/threshold-verdict.ts';
import type { Case } from '../suite/case-id.ts';

/** The case, without runs. */
export function pendingResult({ id, benchmark, axes }: Case): UnjudgedCase {
  return {
    id,
    benchmark: benchmark.name,
    axes,
    status: 'pending',
    kind: benchmark.kind,
    bytes: benchmark.bytes?.(axes) ?? null,
    flops: benchmark.flops?.(axes) ?? null,
    items: benchmark.items?.(axes) ?? null,
    category: benchmark.category ?? null,
    itemName: benchmark.itemName ?? 'items',
    showsItemTime: benchmark.showsItemTime ?? false,
    flopType: benchmark.flopType ?? 'f32',
    isRoof: benchmark.isRoof ?? false,
    fitsStartUp: benchmark.fitsStartUp ?? null,
    metrics: [],
    warnings: [],
    runs: [],
  };
}
