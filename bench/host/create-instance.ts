// What a program pays before it knows of any device: the loader and its layers, then the start of every driver.
import { type Benchmark, compareElements, defineHostBenchmark } from 'guestmark';
import { check, outHandle, vk } from 'guestmark/vulkan';
import { firstTime } from '../parts/first-time.ts';
import { commandsOf, createOther, deviceNames, listedDevices } from '../parts/other-instance.ts';

const sources = ['Vulkan specification, vkCreateInstance', 'GPU-Virt-Bench, context creation'];

const createInstance: Benchmark = defineHostBenchmark({
  name: 'create-instance',
  summary: 'Creating a VkInstance beside the one in use',
  category: 'host',
  explanation: {
    method:
      'One vkCreateInstance with the version, the layers and the extensions of the session; it is destroyed outside of the time. A figure gives the first one of the process, in which the loader reads its manifests and loads the drivers.',
    limit:
      'The Vulkan loader: it looks for manifests of drivers and layers in the file system and opens their libraries. Later instances find the libraries loaded. No device is touched yet.',
    verification:
      'Every instance that is timed lists the same devices, by number and name, as the instance of the session.',
    sources,
  },
  axes: {},
  suites: { full: {}, host: {} },
  items: () => 1,
  operation: (_, { vulkan, opening }) => {
    const { instance } = vulkan();
    const { createInfo, binding } = instance;
    const { vkCreateInstance } = binding.global;
    const expected = deviceNames(instance.commands, listedDevices(instance.commands, instance.handle));
    const out = outHandle();
    let alike = 0;
    return {
      calls: 1,
      run: () => {
        check('vkCreateInstance', vkCreateInstance(createInfo.memory, null, out.memory));
      },
      reset: () => {
        const commands = commandsOf(instance, out.value);
        try {
          if (isSame(deviceNames(commands, listedDevices(commands, out.value)), expected)) alike++;
        } finally {
          commands.vkDestroyInstance(out.value, null);
        }
      },
      verify: (count) => compareElements('instances with the same devices', [alike], [count]),
      figures: () => [
        firstTime(
          opening,
          'instanceNs',
          'vkCreateInstance with the loading of the loader, layers and drivers',
        ),
      ],
    };
  },
});

const enumerateDevices: Benchmark = defineHostBenchmark({
  name: 'enumerate-devices',
  summary: 'Listing the devices of a fresh VkInstance, which starts the drivers',
  category: 'host',
  explanation: {
    method:
      'One vkEnumeratePhysicalDevices of an instance that was made for it, outside of the time: the first such call of an instance asks every driver for its devices. A figure gives the first one of the process.',
    limit:
      'The drivers: they open the device files, ask the kernel for the devices and read what they can do. In a guest each such request may pass to the host. A software driver prepares its compiler here.',
    verification: 'Every call that is timed lists the same devices, by number and name, as the session did.',
    sources,
  },
  axes: {},
  suites: { full: {}, host: {} },
  items: () => 1,
  operation: (_, { vulkan, opening, scope }) => {
    const { instance } = vulkan();
    const known = listedDevices(instance.commands, instance.handle);
    const expected = deviceNames(instance.commands, known);
    const devices = new BigUint64Array(new ArrayBuffer(8 * known.length));
    const room = new Uint32Array(new ArrayBuffer(4));
    let other = 0n;
    let commands = instance.commands;
    const renew = (): void => {
      other = createOther(instance);
      commands = commandsOf(instance, other);
      room[0] = known.length;
      devices.fill(0n);
    };
    const end = (): void => {
      if (other !== 0n) commands.vkDestroyInstance(other, null);
      // Where no other follows there is none left to destroy.
      other = 0n;
    };
    scope.defer(end);
    renew();
    let alike = 0;
    let code = vk.VK_INCOMPLETE as number;
    return {
      calls: 1,
      run: () => {
        code = commands.vkEnumeratePhysicalDevices(other, room.buffer, devices.buffer);
      },
      reset: () => {
        check('vkEnumeratePhysicalDevices', code);
        const listed = devices.subarray(0, room[0]);
        if (code === vk.VK_SUCCESS && isSame(deviceNames(commands, [...listed]), expected)) alike++;
        end();
        renew();
      },
      verify: (count) => compareElements('lists of the same devices', [alike], [count]),
      figures: () => [
        firstTime(opening, 'enumerateNs', 'vkEnumeratePhysicalDevices and what was asked of each device'),
      ],
    };
  },
});

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name, index) => name === right[index]);
}

export default [createInstance, enumerateDevices];
