import { describe, expect, it } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { benchmarkPage } from '../../src/report/benchmark-page.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import { makeCase } from '../../src/suite/case-id.ts';
import { type BenchmarkDescription, describeBenchmark } from '../../src/suite/describe-benchmark.ts';
import { defineHostBenchmark } from '../../src/suite/host-benchmark.ts';
import { benchmark } from '../suite/benchmarks.ts';

const sorted = benchmark({
  name: 'sort',
  summary: 'Sorts keys',
  category: 'patterns',
  explanation: {
    method: 'Four passes of eight bits.',
    limit: 'The memory, which every pass reads and writes.',
    verification: 'The keys are in order, and a permutation of the input.',
    sources: ['D. Knuth, volume 3', 'A paper'],
  },
  axes: { n: [1024] },
  suites: { quick: {}, full: { n: [1024, 2048] } },
  needs: ['shaderInt64'],
  itemName: 'keys',
  items: ({ n }) => n as number,
  bytes: ({ n }) => 8 * (n as number),
  flops: ({ n }) => 2 * (n as number),
  verifies: 'one iteration',
  repeatable: ['counter'],
  fitsStartUp: 'n',
  isRoof: true,
});
const described = describeBenchmark(sorted, makeCase(sorted, { n: 1024 }));
const page = (one: BenchmarkDescription, width = 100): string =>
  benchmarkPage(one, ['keys/s', 'GB/s'], { width, color: false });

describe('benchmarkPage()', () => {
  it('explains a benchmark to a stranger', () => {
    expect(page(described)).toMatchInlineSnapshot(`
      "benchmark       sort: Sorts keys
      category        patterns
      figure          keys/s, GB/s; its highest is a roof of the roofline: of memory, at its largest size;
                      its times over n are fitted to a start-up time and a rate
      kind            throughput: iterations are repeated in a submission until it is long enough to time
      needs           shaderInt64

      how             Four passes of eight bits.
      what limits it  The memory, which every pass reads and writes.
      verified        The keys are in order, and a permutation of the input.
      checked         what one iteration leaves in buffers filled anew, twice before timing and once after
                      it; counter must repeat bit for bit in every run
      sources         D. Knuth, volume 3
                      A paper

      quick           1 case: n=1Ki
      full            2 cases: n=1Ki,2Ki

      for example     sort[n=1Ki]
      iteration       kernel increment; moves 8.00 KiB; computes 2Ki operations of f32; 0.250 FLOP/B; 1Ki
                      keys
      buffers         counter: 1 × u32 (4.00 B), memory of the device; zero before the first iteration
      "
    `);
  });

  it('shows what there is of a benchmark that explains nothing', () => {
    const plain = describeBenchmark(benchmark({ suites: {}, obstacle: 'it needs a display' }));
    const text = page({ ...plain, point: unavailable('it has no case') });
    expect(text).toContain('cannot run      it needs a display');
    expect(text).toContain('axes            n=4');
    expect(text).toContain('for example     it has no case');
    expect(text).not.toContain('what limits it');
  });

  it('speaks of operations where there are neither buffers nor steps', () => {
    const host = defineHostBenchmark({
      name: 'futex',
      summary: 'Wakes a thread',
      category: 'host',
      axes: { seconds: [10] },
      suites: { host: {} },
      lastsNs: ({ seconds }) => 1e9 * seconds,
      operation: () => ({ calls: 1, run: () => undefined, verify: () => ({ ok: true, checked: 1 }) }),
    });
    const text = page(describeBenchmark(host, makeCase(host, { seconds: 10 })));
    expect(text).toContain('kind            latency: one operation of this machine is one sample');
    expect(text).toContain('checked         what its operations have left behind');
    expect(text).toContain('iteration       an operation of this machine, in place of buffers and steps');
    expect(text).toContain('lasts           10.0 s, whatever the spread of its samples');
    expect(text).not.toMatch(/^buffers/m);
  });

  it.each([80, 120])('fits %i columns', (width) => {
    for (const line of page(described, width).split('\n'))
      expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });
});
