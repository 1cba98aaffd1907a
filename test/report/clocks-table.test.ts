import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { clocksTable } from '../../src/report/clocks-table.ts';
import { sampleCensus } from './sample-census.ts';

const plain = { width: 100, color: false };

describe('clocksTable()', () => {
  it('shows tier, sources, null windows and drift, with a reason for what is missing', () => {
    expect(clocksTable(sampleCensus, plain)).toMatchInlineSnapshot(`
      "CPU     bound to CPU 1: it was asked for
      timing  tier A, steal measured: a test says so
      stolen  from W − C − R to /proc/stat

      source           scope    cost min   median      p99     step  promised
      CLOCK_MONOTONIC  machine   52.0 ns  53.0 ns  1.20 µs  50.0 ns   1.00 ns
        time since boot
      CPUID            CPU       3.70 µs  3.80 µs  9.00 µs        –         –
        nothing
      switch ring      thread          –        –        –        –         –
        context switches
        not here: perf_event_paranoid is 3

      cost       of one reading, over batches of readings; the loop around it takes 2.00 ns of it
      step       the smallest difference seen between two readings: never less than a reading takes
      promised   the step that the kernel states: the tick or the unit of a counter
      backwards  never, in 20000 readings of all sources

      S in µs    windows  blocked    p01    p10   p50   p90   p99  |S| p50   bound
      pure-node     1000       12  -0.38  -0.13  0.01  0.14  1.01     0.07  ± 4.96
      –
        not here: koffi: not installed

      S  W − C − R over windows of 1 ms in which the thread only computes: what the clocks get wrong, and
         at the upper end what was stolen. Windows that blocked are left out. The bound is what the ledger
         itself states as its error

      drift of         against                         ppm    bound    over
      CLOCK_MONOTONIC  CLOCK_MONOTONIC_RAW          -0.002  ± 0.060  3.00 s
      performance.now  CLOCK_MONOTONIC                   –
        unknown: the reference did not move
      CLOCK_MONOTONIC  its nominal rate (adjtimex)   -12.5  ± 0.500     now
        a time source keeps it right
      CLOCK_MONOTONIC  the scheduler’s clock         1.100   ± 24.0  200 ms
      "
    `);
  });

  it('says of a source that ran backwards how often it did, and does not say that none did', () => {
    const [first] = sampleCensus.sources;
    if (first?.measured.available !== true) throw new Error('the sample has changed');
    const jumpy = { ...first, measured: available({ ...first.measured.value, ranBackwards: 3 }) };
    const text = clocksTable({ ...sampleCensus, sources: [jumpy] }, plain);
    expect(text).toContain('ran backwards in 3 of 20000 readings');
    expect(text).not.toContain('never, in');
  });

  it('fits a terminal of 80 columns, and colours only where it is asked to', () => {
    const narrow = clocksTable(sampleCensus, { width: 80, color: false });
    for (const line of narrow.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    // The longest name of a source that there is.
    const [first] = sampleCensus.sources;
    if (first === undefined) throw new Error('the sample has changed');
    const sources = [{ ...first, name: 'CLOCK_THREAD_CPUTIME_ID', scope: 'process' } as const];
    const long = clocksTable({ ...sampleCensus, sources }, { width: 80, color: false });
    for (const line of long.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(narrow).not.toContain('\u001b');
    expect(clocksTable(sampleCensus, { width: 80, color: true })).toContain('\u001b');
  });
});
