// Buffers that the CPU cannot map, and memory that is not coherent: lavapipe has neither, so its one memory
// type is described as several. The commands that follow from it are real, and validated.
import { afterAll, describe, expect, it } from 'vitest';
import type { DebugMessage } from '../../src/vulkan/debug-callback.ts';
import { createDeviceBuffer } from '../../src/vulkan/device-buffer.ts';
import type { MemoryTypeInfo } from '../../src/vulkan/device-info.ts';
import { createBoundBuffer, mapMemory } from '../../src/vulkan/device-memory.ts';
import { createInstance } from '../../src/vulkan/instance.ts';
import { createLogicalDevice } from '../../src/vulkan/logical-device.ts';
import { openBinding } from '../../src/vulkan/open-binding.ts';
import { listPhysicalDevices, type PhysicalDevice } from '../../src/vulkan/physical-device.ts';
import { submitOnce } from '../../src/vulkan/submit-once.ts';
import { openVulkanDevice } from '../../src/vulkan/vulkan-device.ts';

const hasLayer = !(process.env.GUESTMARK_MISSING_TEST_TOOLS ?? '').includes('validation-layer');
const messages: DebugMessage[] = [];
const instance = createInstance(openBinding('auto'), {
  validate: hasLayer,
  onMessage: (message) => messages.push(message),
});
const [lavapipe] = listPhysicalDevices(instance).filter(({ info }) => info.software) as [PhysicalDevice];
const [only] = lavapipe.info.memoryTypes as [MemoryTypeInfo];
/** As a discrete GPU lists them; both are index 0 to the driver. */
const discrete: PhysicalDevice = {
  handle: lavapipe.handle,
  info: {
    ...lavapipe.info,
    memoryTypes: [
      { ...only, hostVisible: false, hostCoherent: false, hostCached: false },
      { ...only, deviceLocal: false, hostCoherent: false },
      { ...only, deviceLocal: false, hostCached: false },
    ],
  },
};
afterAll(() => {
  instance[Symbol.dispose]();
  if (messages.length > 0) throw new Error(`validation: ${messages.map(({ text }) => text).join('\n')}`);
});

/** Larger than the staging buffer of 64 MiB, so that it takes two copies, and not a multiple of it. */
const BYTES = 65 * 2 ** 20 + 4;
const pattern = (): Uint8Array => new Uint8Array(Uint32Array.from({ length: BYTES / 4 }, (_, i) => i).buffer);

describe('createDeviceBuffer()', () => {
  it('stages what the CPU cannot map, in pieces, both ways', () => {
    using device = openVulkanDevice(instance, discrete);
    using buffer = device.createBuffer({ name: 'big', bytes: BYTES, memory: 'device' });
    buffer.write(pattern());
    const into = new Uint8Array(BYTES);
    buffer.read(into);
    expect(Buffer.from(into).equals(pattern())).toBe(true);
  });

  it.each(['upload', 'download'] as const)(
    'flushes and invalidates %s memory that is not coherent',
    (memory) => {
      using device = openVulkanDevice(instance, discrete);
      using buffer = device.createBuffer({ name: 'buffer', bytes: 1020, memory });
      buffer.write(new Uint8Array(1020).fill(7));
      const into = new Uint8Array(1020);
      buffer.read(into);
      expect(new Set(into)).toEqual(new Set([7]));
    },
  );

  it('refuses data that does not fit', () => {
    using device = openVulkanDevice(instance, lavapipe);
    using buffer = device.createBuffer({ name: 'small', bytes: 16, memory: 'device' });
    expect(() => buffer.write(new Uint8Array(20))).toThrow('buffer "small" has 16');
    expect(() => buffer.read(new Uint8Array(20))).toThrow('buffer "small" has 16');
  });

  it.each([0, -4, 1.5, Number.NaN])('refuses a size of %s', (bytes) => {
    using device = openVulkanDevice(instance, lavapipe);
    expect(() => device.createBuffer({ name: 'none', bytes, memory: 'device' })).toThrow('is not a size');
  });
});

describe('createDeviceBuffer() with a guard', () => {
  it.each(['device', 'upload', 'download'] as const)('finds what was written behind %s memory', (memory) => {
    const [family] = discrete.info.queueFamilies;
    if (family === undefined) throw new Error('lavapipe has no queue family');
    using device = createLogicalDevice(instance, discrete, family);
    using buffer = createDeviceBuffer(device, { name: 'guarded', bytes: 61, memory, guardBytes: 99 });
    buffer.fillGuard();
    buffer.write(new Uint8Array(64));
    expect(buffer.firstTouchedGuardByte()).toBe(null);
    const word = new Uint32Array([7]).buffer;
    submitOnce(device, (commandBuffer) =>
      device.commands.vkCmdUpdateBuffer(commandBuffer, buffer.handle, 64 + 96, 4, word),
    );
    expect(buffer.firstTouchedGuardByte()).toBe(96);
  });
});

describe('createDeviceBuffer() near maxStorageBufferRange', () => {
  it('compares the size that is bound, which is rounded up', () => {
    const limits = { ...lavapipe.info.limits, maxStorageBufferRange: 1022 };
    using device = openVulkanDevice(instance, { ...lavapipe, info: { ...lavapipe.info, limits } });
    using fits = device.createBuffer({ name: 'fits', bytes: 1020, memory: 'device' });
    expect(fits.bytes).toBe(1020);
    expect(() => device.createBuffer({ name: 'rounded', bytes: 1021, memory: 'device' })).toThrow(
      expect.objectContaining({
        code: 'unsupported',
        message: expect.stringContaining('1024 bytes are more'),
      }),
    );
  });
});

describe('mapMemory()', () => {
  it('gives memory that is gone once it is unmapped', () => {
    const [family] = lavapipe.info.queueFamilies;
    if (family === undefined) throw new Error('lavapipe has no queue family');
    using device = createLogicalDevice(instance, lavapipe, family);
    using buffer = createBoundBuffer(device, 4096, 'upload');
    const mapped = mapMemory(device, buffer, 0, 4096);
    const kept = mapped.bytes;
    kept.fill(1);
    mapped[Symbol.dispose]();
    expect(() => mapped.bytes).toThrow(expect.objectContaining({ code: 'vulkan', hint: 'map it again' }));
    // Node 22 and later detach also what was kept.
    expect(kept.byteLength).toBe('transfer' in ArrayBuffer.prototype ? 0 : 4096);
    using again = mapMemory(device, buffer, 0, 4096);
    expect(again.bytes[4095]).toBe(1);
  });
});
