// The logic of several queues on the one queue that lavapipe has, given twice: it must show no overlap, and no mistake.
import { afterAll, describe, expect, it, vi } from 'vitest';
import { overlapFigures, overlapOperation } from '../../../bench/parts/overlap.ts';
import { queuedWork } from '../../../bench/parts/queued-work.ts';
import { Scope } from '../../../src/base/scope.ts';
import { loadShippedKernel } from '../../../src/shader/shipped.ts';
import { openStampClock } from '../../../src/timing/index.ts';
import { openDevice } from '../../../src/vulkan/index.ts';
import { casesOf } from '../on-device.ts';
import { verifyOperationOn } from '../operation-on-device.ts';

const opened = openDevice({ match: 'llvmpipe' });
afterAll(() => opened[Symbol.dispose]());

const SPIRV = loadShippedKernel('specialized-small');
const TIMES = 5;

function stampClock() {
  const stamp = openStampClock();
  if (!stamp.available) throw new Error(stamp.reason);
  return stamp.value;
}

/** What the figure says after some samples of the one queue given twice. */
function overlapOfOneQueue(): number {
  using scope = new Scope();
  const { vulkan } = opened.device;
  if (!vulkan.available) throw new Error(vulkan.reason);
  const device = vulkan.value;
  const request = { spirv: SPIRV, variant: 'small', invocations: 64, loops: 3000, dispatches: 1 } as const;
  const works = [device.queue, device.queue].map((queue) => queuedWork(device, queue, scope, request));
  const operation = overlapOperation(works, { stamp: stampClock() });
  for (let time = 0; time < TIMES; time++) {
    operation.run();
    operation.wait?.();
    operation.reset?.();
  }
  expect(operation.verify(TIMES)).toEqual({ ok: true, checked: 128 });
  const [overlap] = operation.figures?.() ?? [];
  if (overlap?.estimate.available !== true) throw new Error('no figure');
  return overlap.estimate.value.value;
}

describe('queue-overlap', () => {
  it('finds no overlap where both works share a queue', async () => {
    await vi.waitFor(
      () => {
        const overlap = overlapOfOneQueue();
        expect(overlap).toBeGreaterThan(0.6);
        expect(overlap).toBeLessThan(1.4);
      },
      { timeout: 30_000, interval: 10 },
    );
  });

  it.each([
    ['side by side', [8, 10, 12], [10, 10, 10], 2],
    ['in turn', [8, 10, 12], [20, 20, 20], 1],
  ])('tells works that run %s', (_, alone, together, ratio) => {
    const [overlap] = overlapFigures(2, alone, together);
    expect(overlap?.estimate).toMatchObject({ available: true, value: { value: ratio } });
  });

  it('is skipped on a family of one queue', async () => {
    const [one] = casesOf('queue-overlap[queues=2]');
    expect(await verifyOperationOn(opened, one as never)).toEqual({
      status: 'skipped',
      reason: 'Cannot run queue-overlap: the queue family has one queue',
    });
  });
});
