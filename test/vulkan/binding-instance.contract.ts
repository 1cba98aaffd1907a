// What every binding must do before there is a device.
import { expect, it } from 'vitest';
import type { BindingName } from '../../src/vulkan/binding.ts';
import { loadNvk } from '../../src/vulkan/nvk-module.ts';
import * as vk from '../../src/vulkan/registry/constants.ts';
import { readStruct, struct, structArrayOf } from '../../src/vulkan/struct.ts';
import { type RawInstance, succeed } from './raw-vulkan.ts';

const CLOCKS = vk.VK_EXT_CALIBRATED_TIMESTAMPS_EXTENSION_NAME;

/** Declares the tests; `openInstance` owns what it opens. */
export function instanceTests(
  name: BindingName,
  openInstance: (validate?: boolean, binding?: BindingName) => RawInstance,
): void {
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

  it('says of formats and of features in a chain exactly what koffi says', () => {
    const describeFormats = ({ commands, physicalDevice }: RawInstance): unknown[] =>
      [vk.VK_FORMAT_R32_SFLOAT, vk.VK_FORMAT_R8G8B8A8_UNORM, vk.VK_FORMAT_R64G64_SFLOAT].map((format) => {
        const properties = struct('VkFormatProperties');
        commands.vkGetPhysicalDeviceFormatProperties(physicalDevice, format, properties.memory);
        const limits = struct('VkImageFormatProperties');
        const result = commands.vkGetPhysicalDeviceImageFormatProperties(
          physicalDevice,
          format,
          vk.VK_IMAGE_TYPE_3D,
          vk.VK_IMAGE_TILING_OPTIMAL,
          vk.VK_IMAGE_USAGE_STORAGE_BIT,
          0,
          limits.memory,
        );
        return [readStruct(properties), result, readStruct(limits)];
      });
    const describeFeatures = ({ commands, physicalDevice }: RawInstance): unknown[] => {
      const clock = struct('VkPhysicalDeviceShaderClockFeaturesKHR');
      const types = struct('VkPhysicalDeviceMaintenance4Features', { pNext: clock });
      const features = struct('VkPhysicalDeviceFeatures2', { pNext: types });
      commands.vkGetPhysicalDeviceFeatures2(physicalDevice, features.memory);
      return [
        readStruct(clock).shaderDeviceClock,
        readStruct(types).maintenance4,
        readStruct(features).features,
      ];
    };
    const [own, koffi] = [openInstance(), openInstance(false, 'koffi')];
    expect(describeFormats(own)).toEqual(describeFormats(koffi));
    expect(describeFormats(own).map((one) => (one as unknown[])[1])).toEqual([
      vk.VK_SUCCESS,
      vk.VK_SUCCESS,
      vk.VK_ERROR_FORMAT_NOT_SUPPORTED,
    ]);
    expect(describeFeatures(own)).toEqual(describeFeatures(koffi));
    expect(describeFeatures(own)[1]).toBe(true);
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
    succeed(
      commands.vkEnumerateDeviceExtensionProperties(physicalDevice, null, count.buffer, extensions.memory),
    );
    const names = Array.from(
      { length: extensions.count },
      (_, index) => extensions.read(index).extensionName,
    );
    expect(names).toContain(CLOCKS);
  });

  it('writes VK_INCOMPLETE and the smaller count where the room does not suffice', () => {
    const { commands, physicalDevice } = openInstance();
    const count = new Uint32Array([1]);
    const one = structArrayOf('VkExtensionProperties', 1);
    const result = commands.vkEnumerateDeviceExtensionProperties(
      physicalDevice,
      null,
      count.buffer,
      one.memory,
    );
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
    // `auto` without nvk is koffi, and says so.
    const usesNvk = name !== 'koffi' && binding.note === undefined;
    expect(usesNvk).toBe(name !== 'koffi' && loadNvk().available);
    expect(binding.route('vkCreateBuffer')).toBe(usesNvk ? 'nvk' : 'koffi');
    expect(binding.route('vkQueueSubmit')).toBe(name === 'nvk' ? 'nvk' : 'koffi');
  });
}
