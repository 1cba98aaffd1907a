// What every binding must do with devices, mapped memory, semaphores and clocks.
import { expect, it } from 'vitest';
import * as vk from '../../src/vulkan/registry/constants.ts';
import { outHandle, struct, structArray } from '../../src/vulkan/struct.ts';
import {
  deviceInfo,
  type RawDevice,
  type RawInstance,
  rawBuffer,
  rawDevice,
  rawQueryPool,
  succeed,
} from './raw-vulkan.ts';

const CLOCKS = vk.VK_EXT_CALIBRATED_TIMESTAMPS_EXTENSION_NAME;

/** Declares the tests of devices and their objects. */
export function deviceTests(
  openInstance: (validate?: boolean) => RawInstance,
  openDevice: (extensions?: readonly string[]) => RawDevice,
  close: () => void,
): void {
  it('returns VK_ERROR_EXTENSION_NOT_PRESENT for an unknown extension, and works on', () => {
    const on = openInstance();
    const info = deviceInfo(['VK_GUESTMARK_no_such_extension']);
    const out = outHandle();
    expect(on.commands.vkCreateDevice(on.physicalDevice, info, null, out.memory)).toBe(
      vk.VK_ERROR_EXTENSION_NOT_PRESENT,
    );
    const { on: device, device: handle } = rawDevice(on, []);
    expect(device.vkDeviceWaitIdle(handle)).toBe(vk.VK_SUCCESS);
  });

  it('keeps what was written to mapped memory over flush, unmap and a second mapping', () => {
    const raw = openDevice();
    const { on, device, binding } = raw;
    const { memory, bytes } = rawBuffer(raw, 4096);
    new Uint32Array(bytes).fill(0xdead_beef);
    const range = structArray('VkMappedMemoryRange', [{ memory, size: vk.VK_WHOLE_SIZE }]).memory;
    succeed(on.vkFlushMappedMemoryRanges(device, 1, range));
    on.vkUnmapMemory(device, memory);
    const out = outHandle();
    succeed(on.vkMapMemory(device, memory, 0, vk.VK_WHOLE_SIZE, 0, out.memory));
    succeed(on.vkInvalidateMappedMemoryRanges(device, 1, range));
    expect([...new Uint32Array(binding.viewMemory(out.value, 8))]).toEqual([0xdead_beef, 0xdead_beef]);
    close();
    expect(raw.messages).toEqual([]);
  });

  it('reports a broken rule to the listener', () => {
    const { on, device, messages } = openDevice();
    const out = outHandle();
    const broken = struct('VkBufferCreateInfo', { size: 0, usage: vk.VK_BUFFER_USAGE_STORAGE_BUFFER_BIT });
    on.vkCreateBuffer(device, broken.memory, null, out.memory);
    expect(messages).toEqual([
      {
        severity: 'error',
        type: 'validation',
        id: 'VUID-VkBufferCreateInfo-size-00912',
        text: expect.stringContaining('size must be greater than 0') as string,
      },
    ]);
  });

  it('signals, reads and waits for a timeline semaphore', () => {
    const on = openInstance();
    const out = outHandle();
    const queues = struct('VkDeviceQueueCreateInfo', { queueCount: 1, pQueuePriorities: [1] });
    const info = struct('VkDeviceCreateInfo', {
      pNext: struct('VkPhysicalDeviceVulkan12Features', { timelineSemaphore: true }),
      queueCreateInfoCount: 1,
      pQueueCreateInfos: queues,
    });
    succeed(on.commands.vkCreateDevice(on.physicalDevice, info.memory, null, out.memory));
    const device = out.value;
    const commands = on.binding.loadDevice(device, []);
    const type = struct('VkSemaphoreTypeCreateInfo', {
      semaphoreType: vk.VK_SEMAPHORE_TYPE_TIMELINE,
      initialValue: 5,
    });
    succeed(
      commands.vkCreateSemaphore(
        device,
        struct('VkSemaphoreCreateInfo', { pNext: type }).memory,
        null,
        out.memory,
      ),
    );
    const semaphore = out.value;
    const high = 2n ** 62n;
    succeed(
      commands.vkSignalSemaphore(device, struct('VkSemaphoreSignalInfo', { semaphore, value: high }).memory),
    );
    succeed(commands.vkGetSemaphoreCounterValue(device, semaphore, out.memory));
    expect(out.value).toBe(high);
    const wait = struct('VkSemaphoreWaitInfo', {
      semaphoreCount: 1,
      pSemaphores: [semaphore],
      pValues: [high],
    });
    expect(commands.vkWaitSemaphores(device, wait.memory, 0)).toBe(vk.VK_SUCCESS);
    wait.set('pValues', [high + 1n]);
    expect(commands.vkWaitSemaphores(device, wait.memory, 0)).toBe(vk.VK_TIMEOUT);
    commands.vkDestroySemaphore(device, semaphore, null);
    commands.vkDestroyDevice(device, null);
  });

  it('has two devices alive at once, each with its own extensions', () => {
    const on = openInstance();
    const first = rawDevice(on, [vk.VK_EXT_HOST_QUERY_RESET_EXTENSION_NAME, CLOCKS], true);
    const second = rawDevice(on, []);
    const pool = rawQueryPool(first);
    first.on.vkResetQueryPoolEXT(first.device, pool, 0, 2);
    expect(() => second.on.vkResetQueryPoolEXT(second.device, pool, 0, 2)).toThrow(
      'VK_EXT_host_query_reset is not enabled',
    );
    for (const { on: commands, device } of [first, second])
      expect(commands.vkDeviceWaitIdle(device)).toBe(vk.VK_SUCCESS);
  });
}

/** Declares the tests of queries and clocks. */
export function clockTests(
  openDevice: (extensions: readonly string[], hostReset?: boolean) => RawDevice,
): void {
  it('resets queries from the CPU', () => {
    const { VK_QUERY_RESULT_64_BIT, VK_QUERY_RESULT_WITH_AVAILABILITY_BIT } = vk;
    const raw = openDevice([], true);
    const pool = rawQueryPool(raw);
    raw.on.vkResetQueryPool(raw.device, pool, 0, 2);
    const results = new BigUint64Array(4).fill(1n);
    const flags = VK_QUERY_RESULT_64_BIT | VK_QUERY_RESULT_WITH_AVAILABILITY_BIT;
    raw.on.vkGetQueryPoolResults(raw.device, pool, 0, 2, 32, results.buffer, 16, flags);
    expect([results[1], results[3]]).toEqual([0n, 0n]);
    expect(raw.messages).toEqual([]);
  });

  it('reads the clocks of device and CPU together', () => {
    const { on, device, commands, physicalDevice, instance, binding } = openDevice([CLOCKS]);
    const { vkGetPhysicalDeviceCalibrateableTimeDomainsEXT: domainsOf } = binding.loadInstance(instance, [
      CLOCKS,
    ]);
    const count = new Uint32Array(1);
    succeed(domainsOf(physicalDevice, count.buffer, null));
    const domains = new Int32Array(count[0] as number);
    succeed(domainsOf(physicalDevice, count.buffer, domains.buffer));
    expect([...domains]).toContain(vk.VK_TIME_DOMAIN_CLOCK_MONOTONIC_EXT);
    const infos = structArray('VkCalibratedTimestampInfoEXT', [
      { timeDomain: vk.VK_TIME_DOMAIN_DEVICE_EXT },
      { timeDomain: vk.VK_TIME_DOMAIN_CLOCK_MONOTONIC_EXT },
    ]);
    const [before, stamps, deviation] = [
      process.hrtime.bigint(),
      new BigUint64Array(2),
      new BigUint64Array(1),
    ];
    succeed(on.vkGetCalibratedTimestampsEXT(device, 2, infos.memory, stamps.buffer, deviation.buffer));
    const cpuNs = stamps[1] as bigint;
    expect(cpuNs >= before && cpuNs <= process.hrtime.bigint()).toBe(true);
    expect(stamps[0]).toBeGreaterThan(0n);
    // An extension of the device, asked for by its physical device: without it the call is refused.
    expect(() =>
      commands.vkGetPhysicalDeviceCalibrateableTimeDomainsEXT(physicalDevice, count.buffer, null),
    ).toThrow('VK_EXT_calibrated_timestamps is not enabled');
  });
}
