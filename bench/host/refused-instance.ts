// Two errors that every Vulkan program may meet at its start: a layer, or an extension, that is not installed.
import { allOf, type Benchmark, compareElements, defineHostBenchmark } from 'guestmark';
import { outHandle, struct, vk } from 'guestmark/vulkan';
import { stillComputes } from '../parts/still-computes.ts';

/** What is asked for in vain. */
interface Missing {
  readonly name: string;
  readonly what: string;
  readonly code: number;
  readonly codeName: string;
  readonly createInfo: Parameters<typeof struct<'VkInstanceCreateInfo'>>[1];
}

function refused({ name, what, code, codeName, createInfo }: Missing): Benchmark {
  return defineHostBenchmark({
    name,
    summary: `vkCreateInstance with ${what} that is not installed`,
    category: 'host',
    explanation: {
      method: `One vkCreateInstance that names ${what} of no installation is a sample.`,
      limit:
        'The Vulkan loader, which searches the folders of layers and drivers, reads what it finds there, and may load the drivers: files and processes of this guest, no device. It is the price of a wrong start, and part of that of a right one.',
      verification: `Every call returns ${codeName} and leaves no instance; afterwards the device that was open all the time still computes.`,
      sources: ['Vulkan specification, vkCreateInstance'],
    },
    axes: {},
    suites: { host: {}, full: {} },
    items: () => 1,
    operation: (_, host) => {
      const { vkCreateInstance } = host.vulkan().instance.binding.global;
      const computes = stillComputes(host);
      computes();
      const { memory } = struct('VkInstanceCreateInfo', createInfo);
      const out = outHandle();
      let returned = 0;
      let refusals = 0;
      let instances = 0;
      return {
        calls: 1,
        run: () => {
          returned = vkCreateInstance(memory, null, out.memory);
        },
        reset: () => {
          if (returned === code) refusals++;
          if (out.value !== 0n) instances++;
        },
        verify: (count) =>
          allOf(
            compareElements(`calls that returned ${codeName}`, [refusals], [count]),
            compareElements('instances', [instances], [0]),
            computes(),
          ),
      };
    },
  });
}

export default [
  refused({
    name: 'refused-layer',
    what: 'a layer',
    code: vk.VK_ERROR_LAYER_NOT_PRESENT,
    codeName: 'VK_ERROR_LAYER_NOT_PRESENT',
    createInfo: { enabledLayerCount: 1, ppEnabledLayerNames: ['VK_LAYER_GUESTMARK_not_installed'] },
  }),
  refused({
    name: 'refused-extension',
    what: 'an extension',
    code: vk.VK_ERROR_EXTENSION_NOT_PRESENT,
    codeName: 'VK_ERROR_EXTENSION_NOT_PRESENT',
    createInfo: { enabledExtensionCount: 1, ppEnabledExtensionNames: ['VK_GUESTMARK_not_installed'] },
  }),
] as readonly Benchmark[];
