import { describe, expect, it } from 'vitest';
import { enumerateHandles } from '../../src/vulkan/enumerate.ts';
import { VK_INCOMPLETE } from '../../src/vulkan/registry/constants.ts';

/** A driver whose list has these lengths, one call after the other. */
function driver(lengths: readonly number[]): (count: ArrayBuffer, memory: ArrayBuffer | null) => number {
  let call = 0;
  return (count, memory) => {
    const length = lengths[Math.min(call++, lengths.length - 1)] as number;
    const counter = new Uint32Array(count);
    if (memory === null) {
      counter[0] = length;
      return 0;
    }
    const written = Math.min(counter[0] as number, length);
    const handles = new BigUint64Array(memory);
    for (let i = 0; i < written; i++) handles[i] = BigInt(i + 1);
    counter[0] = written;
    return written < length ? VK_INCOMPLETE : 0;
  };
}

describe('enumerateHandles()', () => {
  it('gives what there is', () => {
    expect(enumerateHandles('vkEnumerate', driver([2]))).toEqual([1n, 2n]);
    expect(enumerateHandles('vkEnumerate', driver([0]))).toEqual([]);
  });

  it('asks again when the list grew between the two calls', () => {
    expect(enumerateHandles('vkEnumerate', driver([2, 3, 3, 3]))).toEqual([1n, 2n, 3n]);
  });

  it('gives no more than is valid when the list shrank', () => {
    expect(enumerateHandles('vkEnumerate', driver([3, 1]))).toEqual([1n]);
  });

  it('throws the error of the driver, by the name of the call', () => {
    expect(() => enumerateHandles('vkEnumeratePhysicalDevices', () => -3)).toThrow(
      'Cannot complete vkEnumeratePhysicalDevices: the driver returned VK_ERROR_INITIALIZATION_FAILED',
    );
  });
});
