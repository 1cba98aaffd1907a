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
    for (let i = 0; i < 4; i++) submitMany();
    // The least of some rounds: a collection makes a round negative, anything else on the heap adds to it.
    const bytes = Array.from({ length: 6 }, submitMany).filter((growth) => growth >= 0);
    // A spinning wait that takes longer reads the clock: a number on the heap each time.
    expect(Math.min(...bytes) / SUBMISSIONS).toBeLessThan(mode === 'spin' ? 64 : 4);
  },
);

it('record() refuses a copy that is larger than its buffers', () => {
  using opened = openDevice({ match: 'llvmpipe' });
  using from = opened.device.createBuffer({ name: 'from', bytes: 64, memory: 'device' });
  using to = opened.device.createBuffer({ name: 'to', bytes: 32, memory: 'device' });
  const record = (): unknown =>
    opened.device.record({ steps: [{ op: 'copy', from, to, bytes: 64 }], iterations: 1, timestamps: false });
  expect(record).toThrow('Cannot copy 64 bytes from "from" (64) to "to" (32)');
});
