import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import { painter } from '../../src/report/paint.ts';
import { figureLines } from '../../src/report/table-figures.ts';
import type { OperationFigure } from '../../src/suite/operation.ts';
import { caseResult, caseRun } from './sample-report.ts';

const figure = (
  id: string,
  label: string,
  unit: OperationFigure['unit'],
  value: number | string,
): OperationFigure => ({
  id,
  label,
  unit,
  method: 'counted',
  estimate:
    typeof value === 'string'
      ? unavailable(value)
      : available({ value, low: unit === 'ppm' ? value - 1.25 : value, high: value }),
});
const results = [
  caseResult(),
  caseResult({
    id: 'clock-drift[seconds=10]',
    kind: 'latency',
    runs: [1, 2].map((run) =>
      caseRun({
        run,
        figures: [
          figure('drift', 'drift of the device clock against CLOCK_MONOTONIC', 'ppm', run),
          figure('backwards', 'readings that ran backwards', 'count', 0),
          figure('deviation', 'deviation of a calibration', 'ns', run === 1 ? 'no extension' : 120),
          figure('first', 'first call', 'ns', 'it was made before'),
        ],
      }),
    ),
  }),
];
const lines = (width: number): readonly string[] =>
  figureLines({ results }, { width, paint: painter(false) });

describe('figureLines()', () => {
  it('tells the figures of every case that has some, with their range over the runs or the reason', () => {
    expect(`${lines(100).join('\n')}\n`).toMatchInlineSnapshot(`
      "  figures                                                      over all runs
      clock-drift[seconds=10]
        drift of the device clock against CLOCK_MONOTONIC  1.50 ppm  -0.25 ppm to 2.00 ppm
        readings that ran backwards                               0
        deviation of a calibration                           120 ns  (1 of 2 runs)
        first call                                                –
          unknown: it was made before
      "
    `);
  });

  it('fits a narrow terminal', () => {
    for (const line of lines(80)) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  it('is nothing where no operation has a figure', () => {
    expect(figureLines({ results: [caseResult()] }, { width: 80, paint: painter(false) })).toEqual([]);
  });
});
