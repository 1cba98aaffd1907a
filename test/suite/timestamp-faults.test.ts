import { describe, expect, it } from 'vitest';
import { newRawSample, type RawSample } from '../../src/suite/sample-store.ts';
import { timestampFaults } from '../../src/suite/timestamp-faults.ts';
import { simulateThread } from '../../src/timing/snapshot-simulated.ts';

const counter = { validBits: 64, periodNs: 1 };
const sample = (ticks: RawSample['ticks']): RawSample => ({
  ...newRawSample({ snapshot: simulateThread().clock, workers: null, offCpu: null }, true),
  submitStartNs: 0,
  waitEndNs: 1000,
  ticks,
});

describe('timestampFaults()', () => {
  it('counts by reason, the most frequent first', () => {
    const samples = [
      sample({ begin: 5n, end: 500n }),
      sample(null),
      sample({ begin: 500n, end: 5n }),
      sample({ begin: 600n, end: 5n }),
    ];
    expect(timestampFaults(samples, counter)).toEqual([
      { reason: 'the second timestamp is before the first', samples: 2 },
      { reason: 'the device has not written its timestamps', samples: 1 },
    ]);
  });

  it('has nothing to say of a queue without timestamps', () => {
    expect(timestampFaults([sample(null)], { ...counter, validBits: 0 })).toEqual([]);
  });
});
