// The two-call idiom of Vulkan: ask for the count, then for the elements; ask again when the list grew
// in between (VK_INCOMPLETE). In one place, because every list goes through it.
import type { VulkanBinding } from './binding.ts';
import { VK_INCOMPLETE } from './registry/constants.ts';
import { type StructArray, structArrayOf } from './struct.ts';
import { check } from './vulkan-error.ts';

/**
 * Runs the idiom.
 *
 * @param call The command's name, for errors.
 * @param allocate Makes room for `count` elements.
 * @param fill Calls the command with the count's memory and the room (`null` at first).
 * @returns The filled room, cut to the elements that are valid.
 */
export function enumerate<T>(
  call: string,
  allocate: (count: number) => { readonly room: T; readonly memory: ArrayBuffer },
  fill: (count: ArrayBuffer, memory: ArrayBuffer | null) => number | undefined,
): { readonly room: T; readonly count: number } {
  const count = new Uint32Array(new ArrayBuffer(4));
  for (;;) {
    check(call, fill(count.buffer as ArrayBuffer, null) ?? 0);
    const { room, memory } = allocate(count[0] as number);
    if (count[0] === 0) return { room, count: 0 };
    const code = check(call, fill(count.buffer as ArrayBuffer, memory) ?? 0);
    if (code !== VK_INCOMPLETE) return { room, count: count[0] as number };
  }
}

/** Enumerates structs and returns them as plain objects. */
export function enumerateStructs(
  call: string,
  name: Parameters<typeof structArrayOf>[0],
  fill: (count: ArrayBuffer, memory: ArrayBuffer | null) => number | undefined,
): ReturnType<StructArray['read']>[] {
  const allocate = (count: number): { room: StructArray; memory: ArrayBuffer } => {
    const room = structArrayOf(name, count);
    return { room, memory: room.memory };
  };
  const { room, count } = enumerate(call, allocate, fill);
  return Array.from({ length: count }, (_, index) => room.read(index));
}

/** Enumerates handles. */
export function enumerateHandles(
  call: string,
  fill: (count: ArrayBuffer, memory: ArrayBuffer | null) => number | undefined,
): bigint[] {
  const allocate = (count: number): { room: BigUint64Array; memory: ArrayBuffer } => {
    const memory = new ArrayBuffer(8 * count);
    return { room: new BigUint64Array(memory), memory };
  };
  const { room, count } = enumerate(call, allocate, fill);
  return [...room.subarray(0, count)];
}

/** Names of the instance's extensions or layers. */
export function enumerateNames(
  binding: VulkanBinding,
  what: 'instance-extensions' | 'instance-layers',
): readonly string[] {
  const { global } = binding;
  if (what === 'instance-layers') {
    const layers = enumerateStructs(
      'vkEnumerateInstanceLayerProperties',
      'VkLayerProperties',
      (count, memory) => global.vkEnumerateInstanceLayerProperties(count, memory),
    );
    return layers.map((properties) => properties.layerName as string);
  }
  const extensions = enumerateStructs(
    'vkEnumerateInstanceExtensionProperties',
    'VkExtensionProperties',
    (count, memory) => global.vkEnumerateInstanceExtensionProperties(null, count, memory),
  );
  return extensions.map((properties) => properties.extensionName as string);
}
