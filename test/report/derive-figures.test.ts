import { describe, expect, it } from 'vitest';
import { deriveFigures } from '../../src/report/derive-figures.ts';
import { measuredRoofs } from '../../src/report/derive-roofline.ts';
import { parseReport } from '../../src/report/parse-report.ts';
import { caseResult, sampleReport } from './sample-report.ts';

const RESULTS = [2 ** 20, 2 ** 21, 2 ** 22, 2 ** 23].map((bytes, index) =>
  caseResult({
    id: `copy[n=${bytes}]`,
    axes: { n: bytes },
    bytes: bytes + index,
    isRoof: true,
    fitsStartUp: 'n',
  }),
);

describe('deriveFigures()', () => {
  it('gives maxima, roofs and fits, which a report can hold and from which they can be computed again', () => {
    const derived = deriveFigures(RESULTS, measuredRoofs(RESULTS), 1);
    expect(derived.map(({ id }) => id)).toEqual([
      'maximumBandwidth',
      'maximumItemRate',
      'roofBandwidth',
      'startUpTime',
      'startUpRate',
    ]);
    const report = sampleReport({ results: RESULTS, derived });
    const read = parseReport(JSON.stringify(report), 'report');
    expect(read).toEqual(report);
    expect(deriveFigures(read.results, measuredRoofs(read.results), read.command.seed)).toEqual(read.derived);
  });
});
