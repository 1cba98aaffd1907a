import { expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { clockWarnings } from '../../src/report/clock-warnings.ts';
import { comparison } from './sample-comparison.ts';

it('clockWarnings() says nothing of clocks that agree or were not compared', () => {
  expect(clockWarnings([])).toEqual([]);
  expect(
    clockWarnings([{ external: unavailable('no answer') }, { external: available(comparison()) }]),
  ).toEqual([]);
});

it('clockWarnings() tells of the run that misses most, with its bound', () => {
  const stopped = (ms: number) =>
    available(comparison({ guestWallNs: 1e9 - ms * 1e6, verdict: 'stopped', boundNs: 120e3 }));
  expect(
    clockWarnings(
      [stopped(10), stopped(50), { external: available(comparison()) }.external].map((external) => ({
        external,
      })),
    ),
  ).toEqual([
    {
      id: 'clock-disagrees',
      message:
        "the guest's clock stopped in 2 of 3 runs: 50.0 ms ± 120 µs of 1.00 s are missing by the external clock, where oscillators explain 200 µs",
      advice: expect.stringContaining('paused'),
    },
  ]);
});

it.each([
  [comparison({ verdict: 'slow', otherDriftPpm: {} }), 'ran slow or stopped in 1 of 1 runs'],
  [comparison({ verdict: 'slow' }), 'was slewed and ran slow in 1'],
  [
    comparison({ verdict: 'fast', guestWallNs: 1.01e9 }),
    'was slewed and ran fast in 1 of 1 runs: 10.0 ms ± 100 µs of 1.00 s are too much',
  ],
  [comparison({ steady: false }), 'jumped during an exchange in 1'],
])('clockWarnings() words the verdict (%#)', (external, words) => {
  expect(clockWarnings([{ external: available(external) }])[0]?.message).toContain(
    `the guest's clock ${words}`,
  );
});
