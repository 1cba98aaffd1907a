import { expect, it } from 'vitest';
import { chooseCases } from '../../src/commands/choose-cases.ts';
import { parseSelector } from '../../src/suite/selector.ts';
import { caseResult, sampleReport } from '../report/sample-report.ts';

const CASES = [
  caseResult({ id: 'copy[n=4]', benchmark: 'copy', axes: { n: 4 }, runs: [] }),
  caseResult({ id: 'copy[n=8]', benchmark: 'copy', axes: { n: 8 }, runs: [] }),
  caseResult({ id: 'empty-submit', benchmark: 'empty-submit', axes: {}, runs: [] }),
];
const REPORT = sampleReport({ results: CASES });

it.each([
  [[], ['copy[n=4]', 'copy[n=8]', 'empty-submit']],
  [['copy'], ['copy[n=4]', 'copy[n=8]']],
  [
    ['copy[n=8]', 'empty*'],
    ['copy[n=8]', 'empty-submit'],
  ],
  [['*[n=*]'], ['copy[n=4]', 'copy[n=8]']],
  [['*[constructor=*]'], undefined],
  [['copy[n=5]'], undefined],
])('chooseCases() of %j', (texts, ids) => {
  const chosen = chooseCases(texts.map(parseSelector)).of(REPORT);
  expect(chosen?.results.map(({ id }) => id)).toEqual(ids);
});

it('chooseCases() tells a selector that nothing has from files that are no reports', () => {
  const choice = chooseCases([parseSelector('sgemm*')]);
  expect(choice.nothingLeft().message).toBe('Cannot export anything: none of the files is a report');
  expect(choice.of(REPORT)).toBeNull();
  expect(choice.nothingLeft().message).toBe('Cannot export sgemm*: no report has such a case');
});
