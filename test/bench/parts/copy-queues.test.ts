// Which queues copy both ways at once, on devices that this machine does not have.
import { describe, expect, it } from 'vitest';
import { copyQueues } from '../../../bench/parts/copy-queues.ts';
import type { QueueFamilyInfo } from '../../../src/vulkan/device-info.ts';

const family = (index: number, queueCount: number, flags: string): QueueFamilyInfo => ({
  index,
  queueCount,
  graphics: flags.includes('g'),
  compute: flags.includes('c'),
  transfer: flags.includes('t'),
  timestampValidBits: 64,
});

const places = (families: readonly QueueFamilyInfo[], count = 2): string[] =>
  copyQueues(families, count).map((place) => `${place.family.index}.${place.index}`);

describe('copyQueues()', () => {
  it('prefers queues for transfers alone', () => {
    expect(places([family(0, 16, 'gct'), family(1, 2, 't'), family(2, 8, 'ct')])).toEqual(['1.0', '1.1']);
  });

  it('takes a queue of the next family where the first has one', () => {
    expect(places([family(0, 1, 'gct'), family(1, 4, 'ct'), family(2, 1, 't')])).toEqual(['2.0', '1.0']);
  });

  it('takes two of the only family, which need not say that it copies', () => {
    expect(places([family(0, 2, 'gc')])).toEqual(['0.0', '0.1']);
  });

  it('gives fewer where there are no more, and none that cannot copy', () => {
    expect(places([family(0, 1, 'gct'), family(1, 4, '')])).toEqual(['0.0']);
  });
});
