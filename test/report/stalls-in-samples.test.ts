import { expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { stallsInSamples } from '../../src/report/stalls-in-samples.ts';
import type { Stall } from '../../src/timing/stall.ts';
import { caseRun, sampleColumns } from './sample-report.ts';

function stall(startNs: number, durationNs: number, cause: Stall['cause'] = 'unattributed'): Stall {
  return { startNs, durationNs, cause, ledger: unavailable('of no interest here') };
}

/** Two samples, of 0 to 100 and of 200 to 300. */
function runWith(...stalls: readonly Stall[]) {
  const samples = sampleColumns([80, 80], { startNs: [0, 200], wallNs: [100, 100] });
  return { ...caseRun({ stalls: available(stalls) }), samples };
}

it('stallsInSamples() counts what lies within samples, and only that part of it', () => {
  const found = stallsInSamples([runWith(stall(50, 200), stall(120, 50), stall(290, 5), stall(95, 110))]);
  expect(found).toEqual({ count: 3, withinNs: 50 + 50 + 5 + 5 + 5, longestNs: 200, sampledNs: 200 });
});

it('stallsInSamples() looks at unattributed ones', () => {
  expect(stallsInSamples([runWith(stall(0, 50, 'steal'), stall(0, 50, 'blocked'))])).toMatchObject({
    count: 0,
  });
});

it('stallsInSamples() knows nothing where nothing was watched', () => {
  const samples = sampleColumns([80]);
  expect(stallsInSamples([{ ...caseRun(), samples }])).toBeNull();
});
