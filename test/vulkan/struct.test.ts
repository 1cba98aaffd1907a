import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import koffi from 'koffi';
import { describe, expect, it } from 'vitest';
import { addressOf } from '../../src/vulkan/native-memory.ts';
import {
  handleArray,
  outHandle,
  readStruct,
  struct,
  structArray,
  structArrayOf,
} from '../../src/vulkan/struct.ts';

const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  for (let i = 0; i < 3; i++) gc();
};

describe('struct() fills memory', () => {
  it('with the sType of the struct and of structs embedded in it', () => {
    const info = struct('VkComputePipelineCreateInfo', { stage: { pName: 'main' } });
    expect(readStruct(info)).toMatchObject({ sType: 29, stage: { sType: 18 } });
  });

  it('with numbers, 64-bit values and handles, read back unsigned', () => {
    const info = struct('VkBufferCreateInfo', { size: 2n ** 63n, usage: 0x8000_0001 });
    expect(readStruct(info)).toMatchObject({ size: 2n ** 63n, usage: 0x8000_0001, flags: 0 });
    info.set('size', 4096);
    expect(info.get('size')).toBe(4096n);
  });

  it('with signed integers, booleans, floats, inline arrays and text', () => {
    expect(struct('VkComputePipelineCreateInfo', { basePipelineIndex: -1 }).get('basePipelineIndex')).toBe(
      -1,
    );
    expect(struct('VkPhysicalDeviceFeatures', { shaderInt64: true }).get('shaderInt64')).toBe(true);
    expect(struct('VkDebugUtilsLabelEXT', { color: [0.5, 1] }).get('color')).toEqual([0.5, 1, 0, 0]);
    expect(struct('VkExtensionProperties', { extensionName: 'VK_x' }).get('extensionName')).toBe('VK_x');
  });

  it('with embedded structs in arrays', () => {
    const memory = struct('VkPhysicalDeviceMemoryProperties', {
      memoryHeaps: [{ size: 1 }, { size: 2, flags: 1 }],
    });
    expect(readStruct(memory).memoryHeaps.slice(0, 3)).toEqual([
      { size: 1n, flags: 0 },
      { size: 2n, flags: 1 },
      { size: 0n, flags: 0 },
    ]);
  });
});

describe('struct() refuses', () => {
  const fails = (make: () => unknown): string => {
    try {
      make();
    } catch (error) {
      return (error as Error).message;
    }
    return 'nothing was thrown';
  };

  it('a member that does not exist, and names those that do', () => {
    // @ts-expect-error a misspelt member does not compile either
    expect(fails(() => struct('VkFenceCreateInfo', { flag: 1 }))).toBe(
      'Cannot set "flag" of VkFenceCreateInfo: no such member; the members are sType, pNext, flags',
    );
    expect(fails(() => struct('VkFenceCreateInfo').get('toString' as never))).toContain('no such member');
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 32, '1', true, undefined, null])('%s for a uint32_t', (value) => {
    const message = fails(() => struct('VkFenceCreateInfo', { flags: value as never }));
    expect(message).toContain('Cannot set "flags" of VkFenceCreateInfo: ');
    expect(message).toContain('is not an integer from 0 to 4294967295');
  });

  it.each([-1n, 2n ** 64n, 2 ** 53, 0.5])('%s for a VkDeviceSize', (value) => {
    expect(fails(() => struct('VkBufferCreateInfo', { size: value }))).toContain('Cannot set "size"');
  });

  it('1 for a VkBool32, and too many elements for an inline array', () => {
    expect(fails(() => struct('VkPhysicalDeviceFeatures', { shaderInt64: 1 as never }))).toContain(
      'not a boolean',
    );
    expect(fails(() => struct('VkDebugUtilsLabelEXT', { color: [1, 2, 3, 4, 5] }))).toContain(
      '5 elements do not fit in 4',
    );
  });

  it('a pointer to a struct of another type', () => {
    const wrong = struct('VkBufferCopy');
    // @ts-expect-error nor does it compile
    expect(fails(() => struct('VkInstanceCreateInfo', { pApplicationInfo: wrong }))).toBe(
      'Cannot set "pApplicationInfo" of VkInstanceCreateInfo: VkBufferCopy is not VkApplicationInfo',
    );
  });

  it('text where a pointer does not point to text, and numbers where it does', () => {
    expect(fails(() => struct('VkSubmitInfo', { pCommandBuffers: 'x' as never }))).toContain(
      'does not point to text',
    );
    expect(fails(() => struct('VkApplicationInfo', { pEngineName: [1] as never }))).toContain(
      'does not point to numbers',
    );
  });
});

describe('a pointer member accepts', () => {
  const bytesAt = (address: bigint, count: number): number[] => [
    ...new Uint8Array(koffi.view(address, count)),
  ];

  it('null, a raw address, memory and a view at its offset', () => {
    const memory = new ArrayBuffer(16);
    const info = struct('VkSpecializationInfo', { pData: memory });
    expect(info.get('pData')).toBe(addressOf(memory));
    info.set('pData', new Uint8Array(memory, 8, 4));
    expect(info.get('pData')).toBe(addressOf(memory) + 8n);
    info.set('pData', 0x1234n);
    expect(info.get('pData')).toBe(0x1234n);
    info.set('pData', null);
    expect(info.get('pData')).toBe(0n);
  });

  it('a struct and an array of structs', () => {
    const sizes = structArray('VkDescriptorPoolSize', [{ type: 7, descriptorCount: 3 }, { type: 6 }]);
    const pool = struct('VkDescriptorPoolCreateInfo', { pPoolSizes: sizes });
    expect(bytesAt(pool.get('pPoolSizes'), 12)).toEqual([7, 0, 0, 0, 3, 0, 0, 0, 6, 0, 0, 0]);
  });

  it('text in UTF-8 and lists of text, null-terminated', () => {
    const info = struct('VkInstanceCreateInfo', { ppEnabledLayerNames: ['a', 'ß'] });
    const [first, second] = new BigUint64Array(koffi.view(info.get('ppEnabledLayerNames'), 16));
    expect(bytesAt(first as bigint, 2)).toEqual([0x61, 0]);
    expect(bytesAt(second as bigint, 3)).toEqual([0xc3, 0x9f, 0]);
  });

  it('numbers and handles, packed by the type pointed to', () => {
    const queue = struct('VkDeviceQueueCreateInfo', { pQueuePriorities: [1] });
    expect(bytesAt(queue.get('pQueuePriorities'), 4)).toEqual([0, 0, 0x80, 0x3f]);
    const submit = struct('VkSubmitInfo', { pCommandBuffers: [0x0102n], pWaitDstStageMask: [0x0304] });
    expect(bytesAt(submit.get('pCommandBuffers'), 8)).toEqual([2, 1, 0, 0, 0, 0, 0, 0]);
    expect(bytesAt(submit.get('pWaitDstStageMask'), 4)).toEqual([4, 3, 0, 0]);
  });
});

describe('memory that a struct points to', () => {
  it('stays alive as long as the outer memory, through chains, and no longer', async () => {
    const build = (): { outer: ArrayBuffer; inner: WeakRef<ArrayBuffer> } => {
      const text = new TextEncoder().encode('main\0').buffer;
      const stage = struct('VkPipelineShaderStageCreateInfo', { pName: text });
      return { outer: struct('VkSubmitInfo', { pNext: stage }).memory, inner: new WeakRef(text) };
    };
    // A WeakRef is cleared only between turns of the event loop.
    const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    let held: ReturnType<typeof build> | null = build();
    const { inner } = held;
    await turn();
    collectGarbage();
    expect(inner.deref()?.byteLength).toBe(5);
    expect(held.outer.byteLength).toBe(72);
    held = null;
    await turn();
    collectGarbage();
    expect(inner.deref()).toBeUndefined();
  });

  it('is let go when the pointer is set anew', async () => {
    const info = struct('VkSpecializationInfo');
    const point = (): WeakRef<ArrayBuffer> => {
      const data = new ArrayBuffer(64);
      info.set('pData', data);
      return new WeakRef(data);
    };
    const data = point();
    info.set('pData', 0n);
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect(data.deref()).toBeUndefined();
  });
});

it('structArrayOf() gives elements with their sType, and read() refuses an index outside', () => {
  const ranges = structArrayOf('VkMappedMemoryRange', 2);
  expect(ranges.read(1)).toMatchObject({ sType: 6, memory: 0n });
  expect(() => ranges.read(2)).toThrow('Cannot read element 2 of VkMappedMemoryRange: the array holds 2');
});

it('handleArray() and outHandle() hold handles of 64 bits', () => {
  const high = 0xffff_ffff_0000_0001n;
  expect([...new BigUint64Array(handleArray([1n, high]))]).toEqual([1n, high]);
  const out = outHandle();
  expect(out.value).toBe(0n);
  new BigUint64Array(out.memory)[0] = high;
  expect(out.value).toBe(high);
});
