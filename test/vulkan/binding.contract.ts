// What every binding must do, run on a real device with the validation layer watching: the same
// program, the same results, no message.
import { afterEach, describe, expect, it } from 'vitest';
import type { BindingName } from '../../src/vulkan/binding.ts';
import * as vk from '../../src/vulkan/registry/constants.ts';
import { handleArray, outHandle, readStruct, struct, structArray, structArrayOf } from '../../src/vulkan/struct.ts';
import { rawCommandBuffer, rawDescriptorSet, rawKernel, recordDispatch } from './raw-kernel.ts';
import { deviceInfo, type RawDevice, type RawInstance, rawBuffer, rawDevice, rawInstance, succeed } from './raw-vulkan.ts';

const CLOCKS = vk.VK_EXT_CALIBRATED_TIMESTAMPS_EXTENSION_NAME;
const ONE_SECOND_NS = 1_000_000_000n;

/** Declares the contract's tests for one binding. */
export function describeVulkanBinding(name: BindingName): void {
  describe(`openBinding('${name}')`, () => {
    let open: RawInstance[] = [];
    const openInstance = (validate = false, binding: BindingName = name): RawInstance => {
      const instance = rawInstance(binding, validate);
      open.push(instance);
      return instance;
    };
    const openDevice = (extensions: readonly string[] = [], hostReset = false): RawDevice =>
      rawDevice(openInstance(true), extensions, hostReset);
    const close = (): void => {
      for (const { scope } of open) scope[Symbol.dispose]();
      open = [];
    };
    afterEach(close);
    instanceTests(name, openInstance);
    deviceTests(openInstance, openDevice, close);
    computeTests(openDevice, close);
    clockTests(openDevice);
  });
}

function instanceTests(name: BindingName, openInstance: (validate?: boolean, binding?: BindingName) => RawInstance): void {
  it('tells the loader version, its layers and its extensions', () => {
    const { global } = openInstance().binding;
    const version = new Uint32Array(1);
    succeed(global.vkEnumerateInstanceVersion(version.buffer));
    expect(version[0]).toBeGreaterThanOrEqual(vk.VK_API_VERSION_1_1);
    const count = new Uint32Array(1);
    succeed(global.vkEnumerateInstanceLayerProperties(count.buffer, null));
    const layers = structArrayOf('VkLayerProperties', count[0] as number);
    succeed(global.vkEnumerateInstanceLayerProperties(count.buffer, layers.memory));
    const names = Array.from({ length: layers.count }, (_, index) => layers.read(index).layerName);
    expect(names).toContain('VK_LAYER_KHRONOS_validation');
    succeed(global.vkEnumerateInstanceExtensionProperties(names[0] as string, count.buffer, null));
    expect(count[0]).toBeLessThan(1000);
  });

  it('describes the physical device exactly as koffi does', () => {
    const describeDevice = ({ commands, physicalDevice }: RawInstance): unknown[] => {
      const driver = struct('VkPhysicalDeviceDriverProperties');
      const properties = struct('VkPhysicalDeviceProperties2', { pNext: driver });
      commands.vkGetPhysicalDeviceProperties2(physicalDevice, properties.memory);
      const old = struct('VkPhysicalDeviceProperties');
      commands.vkGetPhysicalDeviceProperties(physicalDevice, old.memory);
      const features = struct('VkPhysicalDeviceFeatures');
      commands.vkGetPhysicalDeviceFeatures(physicalDevice, features.memory);
      const memory = struct('VkPhysicalDeviceMemoryProperties');
      commands.vkGetPhysicalDeviceMemoryProperties(physicalDevice, memory.memory);
      expect(readStruct(properties).properties).toEqual(readStruct(old));
      return [readStruct(driver), readStruct(old), readStruct(features), readStruct(memory)];
    };
    const described = describeDevice(openInstance());
    expect(described).toEqual(describeDevice(openInstance(false, 'koffi')));
    expect(described[0]).toMatchObject({ driverName: expect.stringMatching(/.+/) as string });
  });

  it('enumerates queue families and device extensions', () => {
    const { commands, physicalDevice } = openInstance();
    const count = new Uint32Array(1);
    commands.vkGetPhysicalDeviceQueueFamilyProperties(physicalDevice, count.buffer, null);
    const families = structArrayOf('VkQueueFamilyProperties', count[0] as number);
    commands.vkGetPhysicalDeviceQueueFamilyProperties(physicalDevice, count.buffer, families.memory);
    expect(families.read(0).queueFlags & vk.VK_QUEUE_COMPUTE_BIT).toBe(vk.VK_QUEUE_COMPUTE_BIT);
    succeed(commands.vkEnumerateDeviceExtensionProperties(physicalDevice, null, count.buffer, null));
    const extensions = structArrayOf('VkExtensionProperties', count[0] as number);
    succeed(commands.vkEnumerateDeviceExtensionProperties(physicalDevice, null, count.buffer, extensions.memory));
    const names = Array.from({ length: extensions.count }, (_, index) => extensions.read(index).extensionName);
    expect(names).toContain(CLOCKS);
  });

  it('writes VK_INCOMPLETE and the smaller count where the room does not suffice', () => {
    const { commands, physicalDevice } = openInstance();
    const count = new Uint32Array([1]);
    const one = structArrayOf('VkExtensionProperties', 1);
    const result = commands.vkEnumerateDeviceExtensionProperties(physicalDevice, null, count.buffer, one.memory);
    expect([result, count[0]]).toEqual([vk.VK_INCOMPLETE, 1]);
    expect(one.read(0).extensionName).toMatch(/^VK_/);
  });

  it('refuses a command whose extension is not enabled, and a null view', () => {
    const { commands, instance, binding } = openInstance();
    expect(() => commands.vkDestroyDebugUtilsMessengerEXT(instance, 1n, null)).toThrow(
      'Cannot call vkDestroyDebugUtilsMessengerEXT: the extension VK_EXT_debug_utils is not enabled',
    );
    expect(() => binding.viewMemory(0n, 4)).toThrow('Cannot view mapped memory: the address is null');
    expect(() => binding.viewMemory(4096n, 2 ** 32)).toThrow('Cannot view 4294967296 bytes of mapped memory');
  });

  it('says which package carries out a command', () => {
    const { binding } = openInstance();
    expect(binding.name).toBe(name);
    expect(binding.route('vkCreateDevice')).toBe('koffi');
    expect(binding.route('vkGetCalibratedTimestampsEXT')).toBe('koffi');
    expect(binding.route('vkWaitSemaphores')).toBe('koffi');
    expect(binding.route('vkCreateBuffer')).toBe(name === 'koffi' ? 'koffi' : 'nvk');
    expect(binding.route('vkQueueSubmit')).toBe(name === 'nvk' ? 'nvk' : 'koffi');
  });
}

function deviceTests(
  openInstance: (validate?: boolean) => RawInstance,
  openDevice: (extensions?: readonly string[]) => RawDevice,
  close: () => void,
): void {
  it('returns VK_ERROR_EXTENSION_NOT_PRESENT for an unknown extension, and works on', () => {
    const on = openInstance();
    const info = deviceInfo(['VK_GUESTMARK_no_such_extension']);
    const out = outHandle();
    expect(on.commands.vkCreateDevice(on.physicalDevice, info, null, out.memory)).toBe(vk.VK_ERROR_EXTENSION_NOT_PRESENT);
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
    const type = struct('VkSemaphoreTypeCreateInfo', { semaphoreType: vk.VK_SEMAPHORE_TYPE_TIMELINE, initialValue: 5 });
    succeed(commands.vkCreateSemaphore(device, struct('VkSemaphoreCreateInfo', { pNext: type }).memory, null, out.memory));
    const semaphore = out.value;
    const high = 2n ** 62n;
    succeed(commands.vkSignalSemaphore(device, struct('VkSemaphoreSignalInfo', { semaphore, value: high }).memory));
    succeed(commands.vkGetSemaphoreCounterValue(device, semaphore, out.memory));
    expect(out.value).toBe(high);
    const wait = struct('VkSemaphoreWaitInfo', { semaphoreCount: 1, pSemaphores: [semaphore], pValues: [high] });
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
    const pool = queryPool(first);
    first.on.vkResetQueryPoolEXT(first.device, pool, 0, 2);
    expect(() => second.on.vkResetQueryPoolEXT(second.device, pool, 0, 2)).toThrow('VK_EXT_host_query_reset is not enabled');
    for (const { on: commands, device } of [first, second]) expect(commands.vkDeviceWaitIdle(device)).toBe(vk.VK_SUCCESS);
  });
}

function queryPool({ on, device, scope }: RawDevice): bigint {
  const out = outHandle();
  const info = struct('VkQueryPoolCreateInfo', { queryType: vk.VK_QUERY_TYPE_TIMESTAMP, queryCount: 2 });
  succeed(on.vkCreateQueryPool(device, info.memory, null, out.memory));
  const pool = out.value;
  scope.defer(() => on.vkDestroyQueryPool(device, pool, null));
  return pool;
}

function fence({ on, device, scope }: RawDevice): bigint {
  const out = outHandle();
  succeed(on.vkCreateFence(device, struct('VkFenceCreateInfo').memory, null, out.memory));
  const handle = out.value;
  scope.defer(() => on.vkDestroyFence(device, handle, null));
  return handle;
}

function computeTests(openDevice: () => RawDevice, close: () => void): void {
  it('computes with specialization and push constants, timed by the device, without a validation message', () => {
    const raw = openDevice();
    const { on, device, queue } = raw;
    const count = 1000;
    const [input, output] = [rawBuffer(raw, 4 * count), rawBuffer(raw, 4 * count)];
    const values = Uint32Array.from({ length: count }, (_, index) => index * index);
    new Uint32Array(input.bytes).set(values);
    const kernel = rawKernel(raw, 3);
    const set = rawDescriptorSet(raw, kernel.setLayout, [input, output]);
    const [queries, done, commandBuffer] = [queryPool(raw), fence(raw), rawCommandBuffer(raw)];
    recordDispatch(raw, commandBuffer, kernel, set, { count: count - 1, addend: 7, queries });

    const fences = handleArray([done]);
    const submit = struct('VkSubmitInfo', { commandBufferCount: 1, pCommandBuffers: [commandBuffer] }).memory;
    // Three times: the objects of a timed loop are used again.
    for (let round = 0; round < 3; round++) {
      expect(on.vkGetFenceStatus(device, done)).toBe(vk.VK_NOT_READY);
      succeed(on.vkQueueSubmit(queue, 1, submit, done));
      expect(on.vkWaitForFences(device, 1, fences, vk.VK_TRUE, 10n * ONE_SECOND_NS)).toBe(vk.VK_SUCCESS);
      expect(on.vkGetFenceStatus(device, done)).toBe(vk.VK_SUCCESS);
      succeed(on.vkResetFences(device, 1, fences));
    }

    const expected = [...values].map((value) => value * 3 + 7);
    expect([...new Uint32Array(output.bytes)]).toEqual([...expected.slice(0, -1), 0]);
    const ticks = new BigUint64Array(2);
    const flags = vk.VK_QUERY_RESULT_64_BIT | vk.VK_QUERY_RESULT_WAIT_BIT;
    succeed(on.vkGetQueryPoolResults(device, queries, 0, 2, 16, ticks.buffer, 8, flags));
    expect(ticks[1]).toBeGreaterThan(ticks[0] as bigint);
    close();
    expect(raw.messages).toEqual([]);
  });

  it('copies, fills and updates buffers', () => {
    const raw = openDevice();
    const { on, queue } = raw;
    const [from, to] = [rawBuffer(raw, 64), rawBuffer(raw, 64)];
    new Uint32Array(from.bytes).set([1, 2, 3, 4]);
    const commandBuffer = rawCommandBuffer(raw);
    succeed(on.vkBeginCommandBuffer(commandBuffer, struct('VkCommandBufferBeginInfo').memory));
    const regions = structArray('VkBufferCopy', [{ size: 8 }, { srcOffset: 8, dstOffset: 32, size: 8 }]);
    on.vkCmdCopyBuffer(commandBuffer, from.buffer, to.buffer, regions.count, regions.memory);
    on.vkCmdFillBuffer(commandBuffer, to.buffer, 48, 8, 0xffff_fffe);
    on.vkCmdUpdateBuffer(commandBuffer, to.buffer, 56, 8, new Uint32Array([9, 10]).buffer);
    succeed(on.vkEndCommandBuffer(commandBuffer));
    const submit = struct('VkSubmitInfo', { commandBufferCount: 1, pCommandBuffers: [commandBuffer] });
    succeed(on.vkQueueSubmit(queue, 1, submit.memory, 0n));
    succeed(on.vkQueueWaitIdle(queue));
    const expected = [1, 2, 0, 0, 0, 0, 0, 0, 3, 4, 0, 0, 0xffff_fffe, 0xffff_fffe, 9, 10];
    expect([...new Uint32Array(to.bytes)]).toEqual(expected);
    succeed(on.vkResetCommandBuffer(commandBuffer, 0));
    close();
    expect(raw.messages).toEqual([]);
  });

  it('dispatches as many workgroups as a buffer says', () => {
    const raw = openDevice();
    const { on, queue } = raw;
    const [input, output, groups] = [rawBuffer(raw, 1024), rawBuffer(raw, 1024), rawBuffer(raw, 12)];
    new Uint32Array(groups.bytes).set([2, 1, 1]);
    const kernel = rawKernel(raw, 1);
    const set = rawDescriptorSet(raw, kernel.setLayout, [input, output]);
    const commandBuffer = rawCommandBuffer(raw);
    recordDispatch(raw, commandBuffer, kernel, set, { count: 256, addend: 5, queries: queryPool(raw), groups });
    const submit = struct('VkSubmitInfo', { commandBufferCount: 1, pCommandBuffers: [commandBuffer] });
    succeed(on.vkQueueSubmit(queue, 1, submit.memory, 0n));
    succeed(on.vkQueueWaitIdle(queue));
    const written = new Uint32Array(output.bytes);
    expect([written[0], written[127], written[128]]).toEqual([5, 5, 0]);
    close();
    expect(raw.messages).toEqual([]);
  });

  it('gives VK_TIMEOUT for a fence that nothing signals', () => {
    const raw = openDevice();
    const fences = handleArray([fence(raw), fence(raw)]);
    expect(raw.on.vkWaitForFences(raw.device, 2, fences, vk.VK_FALSE, 1000)).toBe(vk.VK_TIMEOUT);
  });

  it('round-trips the data of a pipeline cache', () => {
    const raw = openDevice();
    const { on, device, scope } = raw;
    const create = (data: ArrayBuffer | null): bigint => {
      const out = outHandle();
      const info = struct('VkPipelineCacheCreateInfo', { initialDataSize: data?.byteLength ?? 0, pInitialData: data });
      succeed(on.vkCreatePipelineCache(device, info.memory, null, out.memory));
      const cache = out.value;
      scope.defer(() => on.vkDestroyPipelineCache(device, cache, null));
      return cache;
    };
    const dataOf = (cache: bigint): ArrayBuffer => {
      const size = new BigUint64Array(1);
      succeed(on.vkGetPipelineCacheData(device, cache, size.buffer, null));
      const data = new ArrayBuffer(Number(size[0]));
      succeed(on.vkGetPipelineCacheData(device, cache, size.buffer, data));
      return data;
    };
    const cache = create(null);
    rawKernel(raw, 2, cache);
    const data = dataOf(cache);
    // VkPipelineCacheHeaderVersionOne: its length, then VK_PIPELINE_CACHE_HEADER_VERSION_ONE.
    expect([...new Uint32Array(data, 0, 2)]).toEqual([32, 1]);
    expect(new Uint8Array(dataOf(create(data)))).toEqual(new Uint8Array(data));
    expect(raw.messages).toEqual([]);
  });
}

function clockTests(openDevice: (extensions: readonly string[], hostReset?: boolean) => RawDevice): void {
  it('resets queries from the CPU', () => {
    const { VK_QUERY_RESULT_64_BIT, VK_QUERY_RESULT_WITH_AVAILABILITY_BIT } = vk;
    const raw = openDevice([], true);
    const pool = queryPool(raw);
    raw.on.vkResetQueryPool(raw.device, pool, 0, 2);
    const results = new BigUint64Array(4).fill(1n);
    const flags = VK_QUERY_RESULT_64_BIT | VK_QUERY_RESULT_WITH_AVAILABILITY_BIT;
    raw.on.vkGetQueryPoolResults(raw.device, pool, 0, 2, 32, results.buffer, 16, flags);
    expect([results[1], results[3]]).toEqual([0n, 0n]);
    expect(raw.messages).toEqual([]);
  });

  it('reads the clocks of device and CPU together', () => {
    const { on, device, commands, physicalDevice, instance, binding } = openDevice([CLOCKS]);
    const { vkGetPhysicalDeviceCalibrateableTimeDomainsEXT: domainsOf } = binding.loadInstance(instance, [CLOCKS]);
    const count = new Uint32Array(1);
    succeed(domainsOf(physicalDevice, count.buffer, null));
    const domains = new Int32Array(count[0] as number);
    succeed(domainsOf(physicalDevice, count.buffer, domains.buffer));
    expect([...domains]).toContain(vk.VK_TIME_DOMAIN_CLOCK_MONOTONIC_EXT);
    const infos = structArray('VkCalibratedTimestampInfoEXT', [
      { timeDomain: vk.VK_TIME_DOMAIN_DEVICE_EXT },
      { timeDomain: vk.VK_TIME_DOMAIN_CLOCK_MONOTONIC_EXT },
    ]);
    const [before, stamps, deviation] = [process.hrtime.bigint(), new BigUint64Array(2), new BigUint64Array(1)];
    succeed(on.vkGetCalibratedTimestampsEXT(device, 2, infos.memory, stamps.buffer, deviation.buffer));
    const cpuNs = stamps[1] as bigint;
    expect(cpuNs >= before && cpuNs <= process.hrtime.bigint()).toBe(true);
    expect(stamps[0]).toBeGreaterThan(0n);
    // An extension of the device, asked for by its physical device: without it the call is refused.
    expect(() => commands.vkGetPhysicalDeviceCalibrateableTimeDomainsEXT(physicalDevice, count.buffer, null)).toThrow(
      'VK_EXT_calibrated_timestamps is not enabled',
    );
  });
}
