import { describe, expect, it } from 'vitest';
import { stabilityFigures } from '../../src/report/derive-stability.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import { painter } from '../../src/report/paint.ts';
import { stabilityLines } from '../../src/report/table-stability.ts';
import { timeSeries } from '../../src/report/time-series.ts';
import type { CaseRun } from '../../src/suite/case-run.ts';
import { lastingRun, noise, SAMPLES } from './sample-course.ts';
import { caseResult } from './sample-report.ts';

const steady = (index: number): number => 8e6 * (1 + noise(index));
const stolen = Array.from({ length: SAMPLES }, (_, i) => (i > 300 && i % 3 === 0 ? 2e6 : 0));
const result = caseResult({
  id: 'stability[seconds=60]',
  runs: [
    lastingRun(steady),
    lastingRun(
      (i) => steady(i) * (i < 300 ? 1 : 1.25),
      { stealLowNs: stolen, wallNs: stolen.map((ns, i) => 1.25 * steady(i) + 20_000 + ns) },
      { run: 2 },
    ),
  ],
});
const report = { series: timeSeries([result]), derived: stabilityFigures(result) };
const lines = (width: number): readonly string[] => stabilityLines(report, { width, paint: painter(false) });

describe('stabilityLines()', () => {
  it('draws the course of every run, and tells what follows', () => {
    expect(`${lines(100).join('\n')}\n`).toMatchInlineSnapshot(`
      "over time: stability[seconds=60]
        run 1  device time  ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  3.99–4.01 ms
               beyond it    ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  20.0 µs
        run 2  device time  ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁████████████████████████████  3.99–5.01 ms
               beyond it    ████████████████████████████▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  0.02–2.03 ms
               stolen       ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▆▆▆█▆▆█▆▆█▆▆█▆█▆▆█▆▆█▆▆█▆▆█▆  0–8.0%
        drift of the device time: none that shows (-0.03 % to 32 % a minute)
        more than 5 % slower, as by throttling: from 30.5 s on (29.4–31.5 s)
        correlation of what is beyond the device time with steal: 0.26 (0.19 to 0.34)
      "
    `);
  });

  it('tells a drift over what was sampled, where that is no minute', () => {
    const rising = lastingRun((index) => steady(index) * (1 + (0.2 * index) / SAMPLES));
    const { startNs = [] } = rising.samples ?? {};
    const samples = { ...rising.samples, startNs: startNs.map((ns) => ns / 10) } as CaseRun['samples'];
    const drift = (run: CaseRun): string => {
      const one = caseResult({ id: 'stability', runs: [run] });
      const shown = { series: timeSeries([one]), derived: stabilityFigures(one) };
      return stabilityLines(shown, { width: 100, paint: painter(false) }).join('\n');
    };
    expect(drift(rising)).toMatch(/drift of the device time: 1\d % a minute/);
    expect(drift({ ...rising, samples })).toMatch(/drift of the device time: 1\d % in 5\.\d+ s/);
  });

  it.each([80, 120])('fits %i columns', (width) => {
    for (const line of lines(width)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });

  it('is nothing where no case lasted', () => {
    expect(stabilityLines({ series: [], derived: [] }, { width: 80, paint: painter(false) })).toEqual([]);
  });
});
