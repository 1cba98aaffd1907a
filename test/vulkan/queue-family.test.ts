import { describe, expect, it } from 'vitest';
import type { QueueFamilyInfo } from '../../src/vulkan/device-info.ts';
import { pickQueueFamily } from '../../src/vulkan/queue-family.ts';

const family = (index: number, flags: string, timestampValidBits = 64): QueueFamilyInfo => ({
  index,
  queueCount: 1,
  graphics: flags.includes('g'),
  compute: flags.includes('c'),
  transfer: flags.includes('t'),
  timestampValidBits,
});

describe('pickQueueFamily()', () => {
  it('prefers a dedicated compute family to one that does graphics too', () => {
    expect(pickQueueFamily([family(0, 'gct'), family(1, 't'), family(2, 'ct')]).index).toBe(2);
  });

  it('prefers timestamps to a dedicated family, because they are the GPU clock', () => {
    expect(pickQueueFamily([family(0, 'gct', 36), family(1, 'ct', 0)]).index).toBe(0);
  });

  it('takes the first of equals', () => {
    expect(pickQueueFamily([family(0, 't'), family(1, 'ct'), family(2, 'ct')]).index).toBe(1);
  });

  it('takes a family without timestamps where there is no other', () => {
    expect(pickQueueFamily([family(0, 'gct', 0)]).index).toBe(0);
  });

  it('obeys the wish for a family that can compute', () => {
    expect(pickQueueFamily([family(0, 'gct'), family(1, 'ct')], 0).index).toBe(0);
  });

  it('refuses a family that is not there, and names those that are', () => {
    expect(() => pickQueueFamily([family(0, 'gct'), family(3, 'ct')], 7)).toThrow(
      expect.objectContaining({ code: 'usage', hint: 'families that compute: 0, 3' }),
    );
  });

  it('refuses a family that cannot compute', () => {
    expect(() => pickQueueFamily([family(0, 'gct'), family(1, 't')], 1)).toThrow('it cannot compute');
  });

  it('refuses a device without any', () => {
    expect(() => pickQueueFamily([family(0, 't')])).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });
});
