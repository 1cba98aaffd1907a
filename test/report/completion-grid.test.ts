import { expect, it } from 'vitest';
import { completionWays } from '../../src/report/completion-grid.ts';
import { waitCase } from './completion-results.ts';
import { caseResult, skippedCase } from './sample-report.ts';

it('completionWays() finds the cases of the grid, the futex last, and no others', () => {
  const skipped = {
    ...skippedCase('completion-fence-wait[pin=2,load=0]'),
    benchmark: 'completion-fence-wait',
    axes: { pin: 2, load: 0 },
  };
  const ways = completionWays([
    caseResult(),
    waitCase('futex-ping-pong', [1, 0], 5e3),
    waitCase('completion-fence-wait', [0, 1], 17e3),
    skipped,
    { ...waitCase('completion-own', [0, 0], 1), axes: { n: 1 } },
  ]);
  expect(ways.map(({ name }) => name)).toEqual(['fence-wait', 'futex-ping-pong']);
  const [wait, futex] = ways;
  expect(wait?.metric(0, 1, 'wallTime')?.value).toBe(17e3);
  expect(wait?.metric(2, 0, 'wallTime')).toBeUndefined();
  expect(wait?.metric(0, 1, 'gpuInterrupts')).toBeUndefined();
  expect(futex?.metric(1, 0, 'wallTime')?.value).toBe(5e3);
});
