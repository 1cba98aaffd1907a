// A lost device, whichever call says so first. lavapipe is never lost, so a command says it in its place.
import { describe, expect, it, vi } from 'vitest';
import { loadShippedKernel } from '../../src/shader/shipped.ts';
import { checkAlive, waitFailed } from '../../src/vulkan/check-alive.ts';
import type { ComputeDevice } from '../../src/vulkan/compute-device.ts';
import type { DeviceCommands } from '../../src/vulkan/registry/commands.ts';
import {
  VK_ERROR_DEVICE_LOST,
  VK_ERROR_OUT_OF_HOST_MEMORY,
  VK_NOT_READY,
} from '../../src/vulkan/registry/constants.ts';
import { openVulkanDevice } from '../../src/vulkan/vulkan-device.ts';
import { changedInstance, failing } from './changed-commands.ts';

/** A device that notes whether it was abandoned. */
function noting(): { abandoned: boolean; abandon: () => void } {
  const device = {
    abandoned: false,
    abandon: () => {
      device.abandoned = true;
    },
  };
  return device;
}

describe('checkAlive()', () => {
  it('lets success codes pass', () => {
    const device = noting();
    expect(checkAlive(device, 'vkGetFenceStatus', VK_NOT_READY)).toBe(VK_NOT_READY);
    expect(device.abandoned).toBe(false);
  });

  it('throws other errors and keeps the device', () => {
    const device = noting();
    expect(() => checkAlive(device, 'vkCreateFence', VK_ERROR_OUT_OF_HOST_MEMORY)).toThrow('vkCreateFence');
    expect(device.abandoned).toBe(false);
  });
});

describe('waitFailed()', () => {
  it('abandons the device whatever the reason', () => {
    const device = noting();
    expect(waitFailed(device, 'vkWaitForFences', VK_ERROR_OUT_OF_HOST_MEMORY)).toMatchObject({
      code: 'vulkan',
      result: 'VK_ERROR_OUT_OF_HOST_MEMORY',
    });
    expect(device.abandoned).toBe(true);
  });
});

/** Makes and submits a submission, then does `then` with it. */
const submitted =
  (then: (submission: ReturnType<ComputeDevice['record']>) => unknown) =>
  (device: ComputeDevice): void => {
    const submission = device.record({ steps: [], iterations: 1, timestamps: true });
    submission.submit();
    then(submission);
  };

const BUFFER = { name: 'buffer', bytes: 64, memory: 'device' } as const;

const CALLS: readonly (readonly [keyof DeviceCommands, (device: ComputeDevice) => unknown])[] = [
  ['vkQueueSubmit', submitted(() => undefined)],
  ['vkGetFenceStatus', submitted((submission) => submission.wait('spin', 10e9))],
  ['vkWaitForFences', submitted((submission) => submission.wait('block', 10e9))],
  ['vkResetFences', submitted((submission) => submission.reset())],
  ['vkGetQueryPoolResults', submitted((submission) => submission.ticks())],
  ['vkGetCalibratedTimestampsEXT', (device) => device.calibrate()],
  ['vkDeviceWaitIdle', (device) => device.waitIdle()],
  ['vkCreateBuffer', (device) => device.createBuffer(BUFFER)],
  ['vkAllocateMemory', (device) => device.createBuffer(BUFFER)],
  ['vkMapMemory', (device) => device.createBuffer(BUFFER).write(new Uint8Array(64))],
  ['vkCreateComputePipelines', (device) => device.createKernel(loadShippedKernel('copy-w4'), {})],
  ['vkEndCommandBuffer', submitted(() => undefined)],
];

describe('a lost device', () => {
  it.each(CALLS)('is abandoned when %s says so, and nothing is freed', (command, use) => {
    using changed = changedInstance({ [command]: failing(VK_ERROR_DEVICE_LOST) });
    const device = openVulkanDevice(changed.instance, changed.lavapipe);
    expect(() => use(device)).toThrow(
      expect.objectContaining({ call: command, result: 'VK_ERROR_DEVICE_LOST' }),
    );
    expect(device.usable).toBe(false);
    device[Symbol.dispose]();
    expect(changed.freed()).toEqual([]);
  });

  it('is abandoned when a copy outside of any measurement says so', () => {
    using changed = changedInstance({ vkQueueSubmit: failing(VK_ERROR_DEVICE_LOST) });
    const { handle, info } = changed.lavapipe;
    const memoryTypes = info.memoryTypes.flatMap((type) => [
      { ...type, hostVisible: false },
      { ...type, deviceLocal: false },
    ]);
    const device = openVulkanDevice(changed.instance, { handle, info: { ...info, memoryTypes } });
    const buffer = device.createBuffer(BUFFER);
    expect(() => buffer.write(new Uint8Array(64))).toThrow('vkQueueSubmit');
    expect(device.usable).toBe(false);
    expect(changed.freed()).toEqual([]);
  });

  it('is abandoned when the wait before it is closed says so, which is the error that closing throws', () => {
    using changed = changedInstance({ vkDeviceWaitIdle: failing(VK_ERROR_DEVICE_LOST) });
    const destroyInstance = vi.spyOn(changed.instance.commands, 'vkDestroyInstance');
    const device = openVulkanDevice(changed.instance, changed.lavapipe);
    device.createBuffer(BUFFER);
    expect(() => device[Symbol.dispose]()).toThrow(
      expect.objectContaining({ call: 'vkDeviceWaitIdle', result: 'VK_ERROR_DEVICE_LOST' }),
    );
    expect(device.usable).toBe(false);
    expect(changed.freed()).toEqual([]);
    // An instance must not be destroyed under a device that is left alive.
    changed.instance[Symbol.dispose]();
    expect(destroyInstance).not.toHaveBeenCalled();
  });
});
