import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { operationFigures } from '../../src/report/operation-figures.ts';
import type { OperationFigure } from '../../src/suite/operation.ts';
import { caseRun, failedCase } from './sample-report.ts';

const drift = (value: number): OperationFigure => ({
  id: 'drift',
  label: 'drift against CLOCK_MONOTONIC',
  unit: 'ppm',
  estimate: available({ value, low: value - 1, high: value + 1 }),
  method: 'a line through hard bounds',
});
const missing = (reason: string): OperationFigure => ({ ...drift(0), estimate: unavailable(reason) });
const over = (...figures: readonly OperationFigure[]) =>
  operationFigures({ runs: figures.map((figure, run) => caseRun({ run, figures: [figure] })) });

describe('operationFigures()', () => {
  it('takes the median of the runs, and the ends of all of them', () => {
    expect(over(drift(5), drift(1), drift(3))).toMatchObject([
      { id: 'drift', estimate: { value: { value: 3, low: 0, high: 6 } }, known: 3, runs: 3 },
    ]);
  });

  it('rests on the runs that know it, and tells the reasons where none does', () => {
    expect(over(drift(5), missing('no clock'))).toMatchObject([
      { estimate: { available: true, value: { value: 5 } }, known: 1, runs: 2 },
    ]);
    expect(over(missing('no clock'), missing('no clock'), missing('too short'))[0]?.estimate).toEqual(
      unavailable('no clock; too short'),
    );
  });

  it('knows nothing of runs that failed, and nothing at all after a wrong result', () => {
    const crash = { kind: 'crash' as const, message: 'died', hint: null };
    const runs = [
      caseRun({ figures: [drift(1)] }),
      caseRun({ status: 'failed', failure: crash, figures: [drift(9)] }),
    ];
    expect(operationFigures({ runs })).toMatchObject([{ estimate: { value: { value: 1 } }, runs: 1 }]);
    const wrong = failedCase().runs.map((run) => ({ ...run, figures: [drift(1)] }));
    expect(operationFigures({ runs: wrong })).toEqual([]);
  });
});
