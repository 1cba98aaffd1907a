// The real device, under every binding, with the validation layer on and not one message.
import { describe, expect, it } from 'vitest';
import { loadShippedKernel } from '../../src/shader/shipped.ts';
import type { BindingName } from '../../src/vulkan/binding.ts';
import type { DebugMessage } from '../../src/vulkan/debug-callback.ts';
import { createInstance } from '../../src/vulkan/instance.ts';
import { listDevices } from '../../src/vulkan/list-devices.ts';
import { createLogicalDevice } from '../../src/vulkan/logical-device.ts';
import { openBinding } from '../../src/vulkan/open-binding.ts';
import { openDevice } from '../../src/vulkan/open-device.ts';
import { listPhysicalDevices } from '../../src/vulkan/physical-device.ts';
import { openVulkanDevice } from '../../src/vulkan/vulkan-device.ts';
import { changedInstance, failing } from './changed-commands.ts';
import { type DeviceUnderTest, describeComputeDevice } from './compute-device.contract.ts';
import { hasCompiler, inlineKernel } from './inline-kernel.ts';
import { describeKernels } from './kernels.contract.ts';
import { describeResources } from './resources.contract.ts';

const hasLayer = !(process.env.GUESTMARK_MISSING_TEST_TOOLS ?? '').includes('validation-layer');
if (!hasLayer) console.warn('Vulkan devices are tested without validation: the layer is not to be had here');

/** Invocation i writes word i, far behind the end of its buffer for the most part. */
const OUT_OF_BOUNDS = `
  layout(local_size_x = 64) in;
  layout(binding = 0) buffer Y { uint y[]; };
  void main() {
    uint i = gl_GlobalInvocationID.x;
    y[i < 64 ? i : i * 4000000] = i + 1;
  }`;

const BINDINGS: readonly BindingName[] = ['koffi', 'nvk', 'auto'];

function open(binding: BindingName, messages: DebugMessage[]): DeviceUnderTest {
  const opened = openDevice({
    binding,
    match: 'llvmpipe',
    validate: hasLayer,
    onMessage: (message) => messages.push(message),
  });
  return { device: opened.device, [Symbol.dispose]: () => opened[Symbol.dispose]() };
}

/** Closing is part of what must be valid: objects left alive are reported at vkDestroyDevice. */
function openValidated(binding: BindingName): DeviceUnderTest {
  const messages: DebugMessage[] = [];
  const opened = open(binding, messages);
  return {
    device: opened.device,
    [Symbol.dispose]: () => {
      opened[Symbol.dispose]();
      if (messages.length > 0) throw new Error(`validation: ${messages.map(({ text }) => text).join('\n')}`);
    },
  };
}

for (const binding of BINDINGS) {
  describeComputeDevice(`lavapipe, ${binding}`, () => openValidated(binding));
  describeResources(`lavapipe, ${binding}`, () => openValidated(binding));
  describe.skipIf(!hasCompiler)('with the compiler', () =>
    describeKernels(`lavapipe, ${binding}`, () => openValidated(binding)),
  );
}

describe('openDevice()', () => {
  it.skipIf(!hasLayer).each(BINDINGS)(
    'hears the validation layer under %s, so silence means something',
    (binding) => {
      const messages: DebugMessage[] = [];
      using opened = open(binding, messages);
      using buffer = opened.device.createBuffer({ name: 'buffer', bytes: 64, memory: 'device' });
      // Source and target overlap: invalid, and harmless to every driver known.
      using _ = opened.device.record({
        steps: [{ op: 'copy', from: buffer, to: buffer, bytes: 64 }],
        iterations: 1,
        timestamps: false,
      });
      expect(messages.map(({ id }) => id)).toContain('VUID-vkCmdCopyBuffer-pRegions-00117');
    },
  );

  it.skipIf(!hasLayer)('throws what the listener of messages threw, once it is closed', () => {
    const opened = openDevice({
      match: 'llvmpipe',
      validate: true,
      onMessage: ({ id }) => {
        throw new Error(`heard ${id}`);
      },
    });
    const buffer = opened.device.createBuffer({ name: 'buffer', bytes: 64, memory: 'device' });
    const overlap = { op: 'copy', from: buffer, to: buffer, bytes: 64 } as const;
    opened.device.record({ steps: [overlap], iterations: 1, timestamps: false });
    expect(() => opened[Symbol.dispose]()).toThrow('heard VUID-vkCmdCopyBuffer-pRegions-00117');
  });

  it('refuses a device that is not there', () => {
    expect(() => openDevice({ match: 'no such device' })).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('refuses constants, push constants and bindings that the shader does not have', () => {
    using opened = openDevice({ match: 'llvmpipe' });
    const { device } = opened;
    expect(() => device.createKernel(loadShippedKernel('copy-w4'), { WORKGROUPSIZE: 64 })).toThrow(
      expect.objectContaining({ code: 'usage', hint: 'it has WORKGROUP_SIZE, UNROLL, CONTIGUOUS, ONCE' }),
    );
    using kernel = device.createKernel(loadShippedKernel('copy-w4'), {});
    using x = device.createBuffer({ name: 'x', bytes: 64, memory: 'device' });
    const step = { op: 'dispatch', kernel, groups: [1, 1, 1] } as const;
    const record =
      (buffers: Record<string, typeof x>, push: Record<string, number>): (() => unknown) =>
      () =>
        device.record({ steps: [{ ...step, buffers, push }], iterations: 1, timestamps: false });
    expect(record({ x }, { n: 16 })).toThrow('binding "y" of the shader has no buffer');
    expect(record({ x, y: x }, {})).toThrow('push constant "n" has no value');
    expect(record({ x, y: x }, { n: 16, m: 1 })).toThrow('"m"');
  });

  it('refuses what the device cannot do, naming the limit', () => {
    using opened = openDevice({ match: 'llvmpipe' });
    const { device } = opened;
    const tooLarge = device.info.limits.maxComputeWorkGroupInvocations + 1;
    expect(() => device.createKernel(loadShippedKernel('copy-w4'), { WORKGROUP_SIZE: tooLarge })).toThrow(
      'maxComputeWorkGroupInvocations',
    );
    const { maxStorageBufferRange, maxUniformBufferRange } = device.info.limits;
    const create = (bytes: number, usage: 'storage' | 'uniform') => (): unknown =>
      device.createBuffer({ name: 'big', bytes, memory: 'device', usage });
    expect(create(maxStorageBufferRange + 4, 'storage')).toThrow('maxStorageBufferRange');
    expect(create(maxUniformBufferRange + 4, 'uniform')).toThrow('maxUniformBufferRange');
    using transferred = device.createBuffer({
      name: 'big',
      bytes: maxStorageBufferRange + 4,
      memory: 'device',
      usage: 'transfer',
    });
    expect(transferred.bytes).toBe(maxStorageBufferRange + 4);
    expect(create(4 * 2 ** 30, 'storage')).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });

  it.skipIf(!hasCompiler).each(BINDINGS)(
    'keeps a kernel with robustBufferAccess inside of its buffers, under %s',
    (binding) => {
      const messages: DebugMessage[] = [];
      const opened = openDevice({
        binding,
        match: 'llvmpipe',
        validate: hasLayer,
        robustBufferAccess: true,
        onMessage: (message) => messages.push(message),
      });
      const { device } = opened;
      const y = device.createBuffer({ name: 'y', bytes: 256, memory: 'device', guardBytes: 4096 });
      y.fillGuard();
      y.write(new Uint8Array(256));
      const kernel = device.createKernel(inlineKernel(OUT_OF_BOUNDS), {});
      const step = { op: 'dispatch', kernel, buffers: { y }, push: {}, groups: [4, 1, 1] } as const;
      const submission = device.record({ steps: [step], iterations: 1, timestamps: false });
      submission.submit();
      submission.wait('block', 10e9);
      const words = new Uint32Array(64);
      y.read(new Uint8Array(words.buffer));
      expect([...words]).toEqual(Array.from({ length: 64 }, (_, i) => i + 1));
      expect(y.firstTouchedGuardByte()).toBe(null);
      opened[Symbol.dispose]();
      expect(messages).toEqual([]);
    },
  );

  it('refuses more queues than the family has, and a global priority where there is none', () => {
    using instance = createInstance(openBinding('auto'));
    const physical = listPhysicalDevices(instance).find(({ info }) => info.name.includes('llvmpipe'));
    const family = physical?.info.queueFamilies[0];
    if (physical === undefined || family === undefined) throw new Error('no lavapipe');
    expect(() => createLogicalDevice(instance, physical, family, { queuePriorities: [1, 0] })).toThrow(
      'with 2 queues: the queue family has one queue',
    );
    expect(() => createLogicalDevice(instance, physical, family, { globalPriority: 512 })).toThrow(
      'it lacks the extension VK_KHR_global_priority',
    );
    using device = createLogicalDevice(instance, physical, family, { queuePriorities: [0.5] });
    expect(device.queues).toEqual([device.queue]);
  });

  it('refuses robustBufferAccess on a device without it', () => {
    using instance = createInstance(openBinding('auto'));
    const [lavapipe] = listPhysicalDevices(instance).filter(({ info }) => info.software);
    if (lavapipe === undefined) throw new Error('lavapipe is missing');
    const bare = { ...lavapipe, info: { ...lavapipe.info, features: [] } };
    expect(() => openVulkanDevice(instance, bare, { robustBufferAccess: true })).toThrow(
      expect.objectContaining({ code: 'unsupported', hint: 'open it without robustBufferAccess' }),
    );
    using device = openVulkanDevice(instance, bare);
    expect(device.usable).toBe(true);
  });

  it('ends a wait at its limit and abandons the device', () => {
    using opened = openDevice({ match: 'llvmpipe' });
    using submission = opened.device.record({ steps: [], iterations: 1, timestamps: false });
    // Never submitted, so the fence is never signaled.
    expect(() => submission.wait('spin', 20e6)).toThrow(expect.objectContaining({ code: 'timeout' }));
    expect(opened.device.usable).toBe(false);
  });
});

describe('listDevices()', () => {
  it('describes lavapipe as a software device with a compute queue and timestamps', () => {
    const [device] = listDevices('koffi').filter(({ name }) => name.includes('llvmpipe'));
    expect(device).toMatchObject({ type: 'cpu', software: true, index: expect.any(Number) });
    expect(device?.queueFamilies[0]).toMatchObject({ compute: true, timestampValidBits: 64 });
    expect(device?.extensions).toContain('VK_EXT_calibrated_timestamps');
  });

  it('says the same under every binding', () => {
    const [koffi, nvk, auto] = BINDINGS.map((binding) => listDevices(binding));
    expect(nvk).toEqual(koffi);
    expect(auto).toEqual(koffi);
  });
});

describe('openVulkanDevice()', () => {
  it('opens a device that lists both forms of calibrated timestamps, as newer drivers do', () => {
    using instance = createInstance(openBinding('auto'));
    const [lavapipe] = listPhysicalDevices(instance).filter(({ info }) => info.software);
    if (lavapipe === undefined) throw new Error('lavapipe is missing');
    const extensions = ['VK_KHR_calibrated_timestamps', ...lavapipe.info.extensions];
    using device = openVulkanDevice(instance, { ...lavapipe, info: { ...lavapipe.info, extensions } });
    expect(device.calibrate()).toMatchObject({ available: true });
  });

  it('opens a device without calibrated timestamps, and says so', () => {
    using instance = createInstance(openBinding('auto'));
    const [lavapipe] = listPhysicalDevices(instance).filter(({ info }) => info.software);
    if (lavapipe === undefined) throw new Error('lavapipe is missing');
    using device = openVulkanDevice(instance, { ...lavapipe, info: { ...lavapipe.info, extensions: [] } });
    expect(device.calibrate()).toEqual({
      available: false,
      reason: 'the device lacks VK_EXT_calibrated_timestamps',
    });
  });

  it('opens a device without timestamps, and says so', () => {
    using instance = createInstance(openBinding('auto'));
    const [lavapipe] = listPhysicalDevices(instance).filter(({ info }) => info.software);
    if (lavapipe === undefined) throw new Error('lavapipe is missing');
    const queueFamilies = lavapipe.info.queueFamilies.map((family) => ({ ...family, timestampValidBits: 0 }));
    using device = openVulkanDevice(instance, { ...lavapipe, info: { ...lavapipe.info, queueFamilies } });
    using submission = device.record({ steps: [], iterations: 1, timestamps: true });
    submission.submit();
    submission.wait('block', 10e9);
    expect(submission.ticks()).toMatchObject({ available: false });
    expect(device.calibratedClock).toMatchObject({ available: false });
  });

  it('leaves no device behind when a part of it cannot be made', () => {
    using changed = changedInstance({ vkCreatePipelineCache: failing(-1) });
    expect(() => openVulkanDevice(changed.instance, changed.lavapipe)).toThrow('vkCreatePipelineCache');
    expect(changed.freed()).toEqual(['vkDestroyCommandPool', 'vkDestroyDevice']);
  });

  it('leaves no device behind when its clocks cannot be listed', () => {
    using changed = changedInstance({});
    const call = 'vkGetPhysicalDeviceCalibrateableTimeDomainsEXT';
    const commands = { ...changed.instance.commands, [call]: () => -1 };
    expect(() => openVulkanDevice({ ...changed.instance, commands }, changed.lavapipe)).toThrow(call);
    expect(changed.freed()).toEqual(['vkDestroyCommandPool', 'vkDestroyDevice', 'vkDestroyPipelineCache']);
  });

  it('frees everything although one thing fails, and throws that error', () => {
    let failures = 0;
    using changed = changedInstance({
      vkDestroyFence: (original, parameters) => {
        original(...parameters);
        if (failures++ === 0) throw new Error('the first fence');
      },
    });
    const device = openVulkanDevice(changed.instance, changed.lavapipe);
    device.createBuffer({ name: 'buffer', bytes: 64, memory: 'device' });
    for (let i = 0; i < 2; i++) device.record({ steps: [], iterations: 1, timestamps: false });
    expect(() => device[Symbol.dispose]()).toThrow('the first fence');
    expect(changed.calls('vkDestroyFence')).toBe(2);
    expect(changed.calls('vkFreeCommandBuffers')).toBe(2);
    expect(changed.calls('vkDestroyBuffer')).toBe(1);
    expect(changed.calls('vkDestroyDevice')).toBe(1);
  });

  it('is closed once only', () => {
    using changed = changedInstance({});
    const device = openVulkanDevice(changed.instance, changed.lavapipe);
    device[Symbol.dispose]();
    device[Symbol.dispose]();
    expect(changed.calls('vkDeviceWaitIdle')).toBe(1);
    expect(changed.calls('vkDestroyDevice')).toBe(1);
  });
});
