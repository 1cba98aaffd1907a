// The calls of the timed region: what they must not do.
import { expect, it } from 'vitest';
import type { WaitMode } from '../../src/vulkan/compute-device.ts';
import { openDevice } from '../../src/vulkan/open-device.ts';

const SUBMISSIONS = 2000;

it.each(['block', 'spin'] as const)(
  'submit(), wait(%s) and reset() allocate next to nothing',
  (mode: WaitMode) => {
    using opened = openDevice({ match: 'llvmpipe', binding: 'auto' });
    using submission = opened.device.record({ steps: [], iterations: 1, timestamps: false });
    const submitMany = (): number => {
      const before = process.memoryUsage().heapUsed;
      for (let i = 0; i < SUBMISSIONS; i++) {
        submission.submit();
        submission.wait(mode, 10e9);
        submission.reset();
      }
      return process.memoryUsage().heapUsed - before;
    };
    // The least of many rounds: a collection makes a round negative, and a compiler at work on another
    // thread adds to it; what the calls themselves allocate is in every one.
    // A spinning wait that takes longer reads the clock: a number on the heap each time.
    const limit = mode === 'spin' ? 64 : 4;
    let least = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 60 && least >= limit; round++) {
      const growth = submitMany();
      if (growth >= 0) least = Math.min(least, growth / SUBMISSIONS);
    }
    expect(least).toBeLessThan(limit);
  },
);
