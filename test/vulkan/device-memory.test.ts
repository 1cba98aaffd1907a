// Memory that runs out or cannot be viewed: what lavapipe does not do, its changed commands do in its place.
import { describe, expect, it } from 'vitest';
import type { MemoryTypeInfo } from '../../src/vulkan/device-info.ts';
import { type BoundBuffer, createBoundBuffer, mapMemory } from '../../src/vulkan/device-memory.ts';
import { createLogicalDevice, type LogicalDevice } from '../../src/vulkan/logical-device.ts';
import type { PhysicalDevice } from '../../src/vulkan/physical-device.ts';
import { pickQueueFamily } from '../../src/vulkan/queue-family.ts';
import {
  VK_ERROR_OUT_OF_DEVICE_MEMORY,
  VK_ERROR_OUT_OF_HOST_MEMORY,
  VK_ERROR_TOO_MANY_OBJECTS,
} from '../../src/vulkan/registry/constants.ts';
import { openVulkanDevice } from '../../src/vulkan/vulkan-device.ts';
import { type ChangedInstance, changedInstance, failing } from './changed-commands.ts';

const SMALL_HEAP_BYTES = 4096;

function open({ instance }: ChangedInstance, physical: PhysicalDevice): LogicalDevice {
  return createLogicalDevice(instance, physical, pickQueueFamily(physical.info.queueFamilies));
}

/** lavapipe's one memory type, described as one that cannot be mapped and one that can, in a second heap. */
function twoHeaps({ handle, info }: PhysicalDevice, secondBytes: number): PhysicalDevice {
  const [only] = info.memoryTypes;
  if (only === undefined) throw new Error('lavapipe has no memory type');
  const memoryHeaps = [
    { index: 0, bytes: 2 ** 31, deviceLocal: true },
    { index: 1, bytes: secondBytes, deviceLocal: true },
  ];
  const memoryTypes = [
    { ...only, hostVisible: false },
    { ...only, heapIndex: 1 },
  ];
  return { handle, info: { ...info, memoryHeaps, memoryTypes } };
}

describe('createBoundBuffer()', () => {
  it.each([VK_ERROR_OUT_OF_DEVICE_MEMORY, VK_ERROR_OUT_OF_HOST_MEMORY])(
    'takes the next memory type when the best has no memory left (%s)',
    (code) => {
      using changed = changedInstance({ vkAllocateMemory: failing(code, 1) });
      using device = open(changed, twoHeaps(changed.lavapipe, SMALL_HEAP_BYTES));
      using buffer = createBoundBuffer(device, SMALL_HEAP_BYTES, 'device');
      expect(buffer.type).toMatchObject({ heapIndex: 1, hostVisible: true });
      expect(changed.calls('vkAllocateMemory')).toBe(2);
    },
  );

  it('gives up when no memory type has memory left', () => {
    using changed = changedInstance({ vkAllocateMemory: failing(VK_ERROR_OUT_OF_DEVICE_MEMORY) });
    using device = open(changed, twoHeaps(changed.lavapipe, SMALL_HEAP_BYTES));
    expect(() => createBoundBuffer(device, SMALL_HEAP_BYTES, 'device')).toThrow(
      expect.objectContaining({ call: 'vkAllocateMemory', result: 'VK_ERROR_OUT_OF_DEVICE_MEMORY' }),
    );
    expect(changed.calls('vkAllocateMemory')).toBe(2);
    expect(changed.calls('vkDestroyBuffer')).toBe(1);
  });

  it('does not ask for more than a whole heap holds', () => {
    using changed = changedInstance({ vkAllocateMemory: failing(VK_ERROR_OUT_OF_DEVICE_MEMORY) });
    using device = open(changed, twoHeaps(changed.lavapipe, SMALL_HEAP_BYTES));
    expect(() => createBoundBuffer(device, 2 * SMALL_HEAP_BYTES, 'device')).toThrow('vkAllocateMemory');
    expect(changed.calls('vkAllocateMemory')).toBe(1);
  });

  it('does not try again after another error', () => {
    using changed = changedInstance({ vkAllocateMemory: failing(VK_ERROR_TOO_MANY_OBJECTS, 1) });
    using device = open(changed, twoHeaps(changed.lavapipe, SMALL_HEAP_BYTES));
    expect(() => createBoundBuffer(device, SMALL_HEAP_BYTES, 'device')).toThrow('VK_ERROR_TOO_MANY_OBJECTS');
  });
});

describe('createBoundBuffer() in a memory type', () => {
  it('takes that type, whatever suits a use better', () => {
    using changed = changedInstance({});
    using device = open(changed, changed.lavapipe);
    const [type] = device.info.memoryTypes;
    using buffer = createBoundBuffer(device, SMALL_HEAP_BYTES, type as MemoryTypeInfo);
    expect(buffer.type).toBe(type);
  });

  it('refuses a type that a buffer cannot be bound to, before it asks the driver', () => {
    using changed = changedInstance({});
    using device = open(changed, changed.lavapipe);
    const other = { ...(device.info.memoryTypes[0] as MemoryTypeInfo), index: 31 };
    expect(() => createBoundBuffer(device, SMALL_HEAP_BYTES, other, 'x')).toThrow(
      expect.objectContaining({
        code: 'unsupported',
        message: 'Cannot create buffer "x": it cannot be bound to memory type 31',
      }),
    );
    expect(changed.calls('vkAllocateMemory')).toBe(0);
    expect(changed.calls('vkDestroyBuffer')).toBe(1);
  });
});

describe('createBoundBuffer() beside other memory', () => {
  it('refuses what no heap has room for before it asks the driver, and takes it once there is', () => {
    using changed = changedInstance({});
    const { handle, info } = changed.lavapipe;
    const memoryHeaps = [{ index: 0, bytes: 10_000, deviceLocal: true }];
    using device = open(changed, { handle, info: { ...info, memoryHeaps } });
    const first = createBoundBuffer(device, 8192, 'device', 'first');
    const second = (): BoundBuffer => createBoundBuffer(device, 4096, 'device', 'second');
    expect(second).toThrow(
      expect.objectContaining({
        code: 'unsupported',
        message: expect.stringMatching(
          /^Cannot create buffer "second": its 4.00 KiB do not fit in the 9.77 KiB of the device's memory beside the 8.00 KiB/,
        ),
        hint: 'lower the size axis of the benchmark',
      }),
    );
    expect(changed.calls('vkAllocateMemory')).toBe(1);
    first[Symbol.dispose]();
    second()[Symbol.dispose]();
    expect(changed.calls('vkFreeMemory')).toBe(2);
    expect(changed.calls('vkDestroyBuffer')).toBe(3);
  });

  it('refuses an image in the same way', () => {
    using changed = changedInstance({});
    const { handle, info } = changed.lavapipe;
    const memoryHeaps = [{ index: 0, bytes: 10_000, deviceLocal: true }];
    using device = openVulkanDevice(changed.instance, { handle, info: { ...info, memoryHeaps } });
    expect(() =>
      device.createImage({ name: 'big', format: 'rgba32f', dimensions: '2d', extent: [64, 64, 1] }),
    ).toThrow('Cannot create image "big": its');
    expect(changed.calls('vkDestroyImage')).toBe(1);
    expect(changed.calls('vkAllocateMemory')).toBe(0);
  });
});

describe('mapMemory()', () => {
  it('unmaps what cannot be viewed', () => {
    using changed = changedInstance({});
    const viewMemory = (): never => {
      throw new Error('no view');
    };
    const { instance, lavapipe } = changed;
    using device = open(
      { ...changed, instance: { ...instance, binding: { ...instance.binding, viewMemory } } },
      lavapipe,
    );
    using buffer = createBoundBuffer(device, 4096, 'upload');
    expect(() => mapMemory(device, buffer, 0, 4096)).toThrow('no view');
    expect(changed.calls('vkUnmapMemory')).toBe(1);
  });
});
