// What lies between the two timestamps of a submission: the device reads these commands while it is timed.
import { describe, expect, it } from 'vitest';
import { loadShippedKernel } from '../../src/shader/shipped.ts';
import type { DeviceBuffer, DispatchStep, Kernel } from '../../src/vulkan/compute-device.ts';
import { openDevice } from '../../src/vulkan/open-device.ts';
import { openVulkanDevice } from '../../src/vulkan/vulkan-device.ts';
import { changedInstance } from './changed-commands.ts';

const N = 256;
const GROUPS = [1, 1, 1] as const;

const copyStep = (kernel: Kernel, x: DeviceBuffer, y: DeviceBuffer, n: number): DispatchStep => ({
  op: 'dispatch',
  kernel,
  buffers: { x, y },
  push: { n },
  groups: GROUPS,
});

describe('recordSteps()', () => {
  it('binds once what all iterations share, and orders them by barriers', () => {
    using changed = changedInstance({});
    using device = openVulkanDevice(changed.instance, changed.lavapipe);
    using kernel = device.createKernel(loadShippedKernel('copy-w4'), { WORKGROUP_SIZE: 64 });
    using x = device.createBuffer({ name: 'x', bytes: 4 * N, memory: 'device' });
    using y = device.createBuffer({ name: 'y', bytes: 4 * N, memory: 'device' });
    const barriers = changed.calls('vkCmdPipelineBarrier');
    using _ = device.record({ steps: [copyStep(kernel, x, y, N)], iterations: 5, timestamps: false });
    expect(changed.calls('vkCmdBindPipeline')).toBe(1);
    expect(changed.calls('vkCmdBindDescriptorSets')).toBe(1);
    expect(changed.calls('vkCmdPushConstants')).toBe(1);
    expect(changed.calls('vkCmdDispatch')).toBe(5);
    // One before all, four between the iterations, one for the CPU.
    expect(changed.calls('vkCmdPipelineBarrier') - barriers).toBe(6);
  });

  it('keeps the pipeline where only buffers and push constants change', () => {
    using changed = changedInstance({});
    using device = openVulkanDevice(changed.instance, changed.lavapipe);
    using kernel = device.createKernel(loadShippedKernel('copy-w4'), { WORKGROUP_SIZE: 64 });
    using x = device.createBuffer({ name: 'x', bytes: 4 * N, memory: 'device' });
    using y = device.createBuffer({ name: 'y', bytes: 4 * N, memory: 'device' });
    const steps = [copyStep(kernel, x, y, N), copyStep(kernel, y, x, N / 2)];
    using _ = device.record({ steps, iterations: 3, timestamps: false });
    expect(changed.calls('vkCmdBindPipeline')).toBe(1);
    expect(changed.calls('vkCmdBindDescriptorSets')).toBe(6);
    expect(changed.calls('vkCmdPushConstants')).toBe(6);
  });

  it('gives each step its own kernel, buffers and push constants in every iteration', () => {
    using opened = openDevice({ match: 'llvmpipe' });
    const { device } = opened;
    using copy = device.createKernel(loadShippedKernel('copy-w4'), { WORKGROUP_SIZE: 64 });
    using increment = device.createKernel(loadShippedKernel('increment'), {});
    const buffer = (name: string): DeviceBuffer =>
      device.createBuffer({ name, bytes: 4 * N, memory: 'device' });
    const [x, half, whole] = [buffer('x'), buffer('half'), buffer('whole')];
    const steps = [
      copyStep(copy, x, half, N / 2),
      { op: 'dispatch', kernel: increment, buffers: { counter: x }, push: {}, groups: GROUPS } as const,
      copyStep(copy, x, whole, N),
    ];
    x.write(new Uint8Array(new Uint32Array(N).fill(7).buffer));
    half.write(new Uint8Array(4 * N));
    using submission = device.record({ steps, iterations: 3, timestamps: false });
    submission.submit();
    submission.wait('block', 10e9);
    const words = (from: DeviceBuffer): Uint32Array => {
      const into = new Uint32Array(N);
      from.read(new Uint8Array(into.buffer));
      return into;
    };
    expect([...words(half)]).toEqual(Array.from({ length: N }, (_, i) => (i === 0 ? 9 : i < N / 2 ? 7 : 0)));
    expect([...words(whole)]).toEqual(Array.from({ length: N }, (_, i) => (i === 0 ? 10 : 7)));
  });

  it('refuses a copy that is larger than its buffers', () => {
    using opened = openDevice({ match: 'llvmpipe' });
    using from = opened.device.createBuffer({ name: 'from', bytes: 64, memory: 'device' });
    using to = opened.device.createBuffer({ name: 'to', bytes: 32, memory: 'device' });
    const record = (): unknown =>
      opened.device.record({
        steps: [{ op: 'copy', from, to, bytes: 64 }],
        iterations: 1,
        timestamps: false,
      });
    expect(record).toThrow('Cannot copy 64 bytes from "from" (64) to "to" (32)');
  });

  it('refuses an indirect dispatch whose counts are not in the buffer', () => {
    using opened = openDevice({ match: 'llvmpipe' });
    const { device } = opened;
    using kernel = device.createKernel(loadShippedKernel('increment'), {});
    using counter = device.createBuffer({ name: 'counter', bytes: 16, memory: 'device' });
    const step = {
      op: 'dispatch',
      kernel,
      buffers: { counter },
      push: {},
      groups: { buffer: counter, offset: 8 },
    } as const;
    expect(() => device.record({ steps: [step], iterations: 1, timestamps: false })).toThrow(
      expect.objectContaining({ code: 'usage' }),
    );
  });
});
