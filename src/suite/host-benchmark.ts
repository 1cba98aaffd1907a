// A benchmark of the host side: an operation in place of buffers and kernels. Fills in what every benchmark has, so that
// planning, sampling and the report see one kind of thing.
import type { Benchmark } from './benchmark.ts';
import { defineBenchmark } from './benchmark.ts';
import type { MakeOperation } from './operation.ts';

/** What a host benchmark says of itself; see `Benchmark` for each part. */
export interface HostBenchmark<A extends string = string>
  extends Pick<
    Benchmark<A>,
    | 'name'
    | 'summary'
    | 'category'
    | 'explanation'
    | 'axes'
    | 'suites'
    | 'requires'
    | 'needs'
    | 'skips'
    | 'bytes'
    | 'items'
    | 'itemName'
    | 'showsItemTime'
    | 'fitsStartUp'
    | 'lastsNs'
  > {
  readonly operation: MakeOperation<A>;
}

/** Defines a benchmark whose iteration is an operation. Its samples are those of a latency: each is one round trip. */
export function defineHostBenchmark<const A extends string>(benchmark: HostBenchmark<A>): Benchmark {
  return defineBenchmark({
    ...benchmark,
    // Null is refused, where undefined would be a benchmark without an operation.
    operation: benchmark?.operation ?? (null as never),
    kind: 'latency',
    buffers: {},
    work: () => [],
    verify: () => {
      throw new Error('an operation verifies itself');
    },
  });
}
