// The logic of priorities on the one queue that lavapipe has, given twice: the short work waits for the long one.
import { afterAll, describe, expect, it } from 'vitest';
import { longDispatches, priorityOperation } from '../../../bench/parts/priority.ts';
import { queuedWork } from '../../../bench/parts/queued-work.ts';
import { Scope } from '../../../src/base/scope.ts';
import { loadShippedKernel } from '../../../src/shader/shipped.ts';
import { openStampClock } from '../../../src/timing/index.ts';
import { openDevice } from '../../../src/vulkan/index.ts';
import { casesOf } from '../on-device.ts';
import { verifyOperationOn } from '../operation-on-device.ts';

const opened = openDevice({ match: 'llvmpipe' });
afterAll(() => opened[Symbol.dispose]());

const TIMES = 3;

describe('queue-priority', () => {
  it('runs both works as often as it says, and sees the short one wait in a shared queue', () => {
    using scope = new Scope();
    const { vulkan } = opened.device;
    const stamp = openStampClock();
    if (!vulkan.available || !stamp.available) throw new Error('no device or no clock');
    const device = vulkan.value;
    const work = (invocations: number, loops: number, dispatches: number) =>
      queuedWork(device, device.queue, scope, {
        ...{ spirv: loadShippedKernel('specialized-small'), variant: 'small' },
        ...{ invocations, loops, dispatches },
      });
    const [short, long] = [work(64, 1, 1), work(256, 2000, 4)];
    const operation = priorityOperation({ short, long }, { stamp: stamp.value });
    for (let time = 0; time < TIMES; time++) {
      operation.run();
      operation.wait?.();
      operation.reset?.();
    }
    expect(operation.verify(TIMES)).toEqual({ ok: true, checked: 128 });
    const figures = Object.fromEntries((operation.figures?.() ?? []).map((one) => [one.id, one.estimate]));
    expect(figures.ahead).toEqual({ available: true, value: { value: 0, low: 0, high: 0 } });
    expect(Object.keys(figures)).toEqual(['ahead', 'alone', 'long']);
  });

  it.each([
    [1e6, 50],
    [200e6, 1],
    [1e3, 64],
  ])('makes a submission of dispatches of %d ns long, but no longer than needed', (oneNs, dispatches) => {
    expect(longDispatches(oneNs)).toBe(dispatches);
  });

  it.each([
    ['queue-priority[global=0]', 'the queue family has one queue'],
    ['queue-priority[global=1]', 'it lacks VK_KHR_global_priority'],
  ])('skips %s on lavapipe', async (selector, reason) => {
    const [one] = casesOf(selector);
    expect(await verifyOperationOn(opened, one as never)).toMatchObject({
      status: 'skipped',
      reason: expect.stringContaining(reason) as string,
    });
  });
});
