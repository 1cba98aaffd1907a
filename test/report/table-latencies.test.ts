import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import { painter } from '../../src/report/paint.ts';
import type { CaseResult } from '../../src/report/report.ts';
import { latencyLines } from '../../src/report/table-latencies.ts';
import type { CaseRun, SampleColumns } from '../../src/suite/case-run.ts';
import { around, caseResult, caseRun, failedCase, sampleColumns, skippedCase } from './sample-report.ts';

const ownCost = available({ emptyNs: 200, emptyLowNs: 180, emptyHighNs: 300, callNs: 50, calls: 2 });

/** A wait of 60 µs, of which nothing is known of the device. */
function latency(
  id: string,
  changes: Partial<CaseResult> = {},
  run: Partial<CaseRun> = {},
  columns: Partial<SampleColumns> = {},
): CaseResult {
  const wallNs = around(60e3, 120, 0.2);
  const none = wallNs.map(() => null);
  const samples = sampleColumns(wallNs, {
    wallNs,
    cpuNs: wallNs.map(() => 12e3),
    runQueueNs: wallNs.map(() => 800),
    ledgerWallNs: wallNs.map((ns) => ns + 2e3),
    voluntarySwitches: wallNs.map((_, i) => (i % 4 === 0 ? 2 : 1)),
    gpuNs: none,
    ...columns,
  });
  const runs = [1, 2, 3, 4, 5].map((number) =>
    caseRun({ run: number, iterations: 1, samples, ownCost, ...run }),
  );
  return caseResult({ id, kind: 'latency', bytes: null, items: 1, runs, ...changes });
}

const OPTIONS = { software: false, shared: new Set<string>() };
const lines = (results: readonly CaseResult[], width: number, software = false): readonly string[] =>
  latencyLines(results, { ...OPTIONS, software }, { width, paint: painter(false) });
const text = (results: readonly CaseResult[], width: number): string =>
  `${lines(results, width).join('\n')}\n`;

const LONG = 'completion[method=3,waiter=1,idle=0,threads=2]';
const BOTH = [latency('zero-submit'), latency(LONG)];

describe('latencyLines()', () => {
  it('tells in one row how a latency is spread, what of it is ours, and what the thread did', () => {
    expect(text([latency('zero-submit')], 120)).toMatchInlineSnapshot(`
      "latencies         p5   median      p95      p99      max  of which  CPU    run  stolen  switches  ok
                                                                    ours       queue          a sample
      zero-submit  49.1 µs  60.1 µs  70.7 µs  71.6 µs  71.8 µs    300 ns  19%   1.3%  0–2.4%      1.25  ✓
      "
    `);
  });

  it('puts ids above the figures where there is no room beside them', () => {
    expect(text(BOTH, 100)).toMatchInlineSnapshot(`
      "latencies
             p5   median      p95      p99      max  of which  CPU    run  stolen  switches  ok
                                                         ours       queue          a sample
      zero-submit
        49.1 µs  60.1 µs  70.7 µs  71.6 µs  71.8 µs    300 ns  19%   1.3%  0–2.4%      1.25  ✓
      completion[method=3,waiter=1,idle=0,threads=2]
        49.1 µs  60.1 µs  70.7 µs  71.6 µs  71.8 µs    300 ns  19%   1.3%  0–2.4%      1.25  ✓
      "
    `);
  });

  it('leaves out what can be left out where the terminal is narrow, and never what is ours', () => {
    const narrow = text(BOTH, 80);
    expect(narrow).toMatchInlineSnapshot(`
      "latencies
         median      p95      p99      max  of which  CPU    run  stolen  switches  ok
                                                ours       queue          a sample
      zero-submit
        60.1 µs  70.7 µs  71.6 µs  71.8 µs    300 ns  19%   1.3%  0–2.4%      1.25  ✓
      completion[method=3,waiter=1,idle=0,threads=2]
        60.1 µs  70.7 µs  71.6 µs  71.8 µs    300 ns  19%   1.3%  0–2.4%      1.25  ✓
      "
    `);
    for (const line of narrow.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  it('tells rates that have a name, the parts of a dispatch, and the median without what was certainly stolen', () => {
    const known = around(40e3, 120);
    const dispatch = latency('submit-dispatch', {}, {}, { gpuNs: known });
    expect(text([dispatch], 120)).toContain(
      '  submit 5.00 µs, queue 6.00 µs, device 40.0 µs, wake-up 9.00 µs\n',
    );
    const copy = latency('h2d', { bytes: 2 ** 20 });
    expect(text([copy], 120)).toMatch(/\n {2}17\.5 GB\/s\n/);
    const burst = latency('submit-rate', { items: 64, itemName: 'submissions' });
    expect(text([burst], 120)).toMatch(/\n {2}1\.07 Msubmissions\/s\n/);
    const stolen = latency(
      'robbed',
      {},
      {},
      { stealLowNs: Array(120).fill(20e3), stealHighNs: Array(120).fill(30e3) },
    );
    expect(text([stolen], 120)).toMatch(/median without steal [\d.]+–[\d.]+ µs/);
    expect(text(BOTH, 120)).not.toContain('without steal');
  });

  it('tells what failed, was skipped or was not run, with the reason', () => {
    const kind = 'latency' as const;
    const none: CaseResult = {
      ...(BOTH[0] as CaseResult),
      id: 'later',
      status: 'pending',
      metrics: [],
      runs: [],
    };
    const all = [...BOTH, { ...failedCase(), kind }, { ...skippedCase(), kind }, none];
    for (const width of [80, 200]) {
      const shown = text(all, width);
      expect(shown).toMatch(/sgemm-tiled\[n=1Ki\] +FAILED/);
      expect(shown).toMatch(/triad\[n=256Mi\] +skipped\n {2}buffer "a" takes/);
      expect(shown).toMatch(/later +not run/);
    }
  });

  it('says on the title and on every row that a software device is no GPU', () => {
    const shown = lines(BOTH, 100, true).join('\n');
    expect(shown).toContain('latencies (SOFTWARE device)');
    for (const { id } of BOTH) expect(shown).toContain(`${id} (software)`);
  });

  it('is nothing where there is no latency', () => {
    expect(lines([], 100)).toEqual([]);
  });
});
