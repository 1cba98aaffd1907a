// Every kernel of multiply-add rates, with both shapes: their cases are so many that the suites and the smallest cases leave
// most of them out.
import { afterAll, describe, expect, it } from 'vitest';
import { openDevice } from '../../src/vulkan/open-device.ts';
import { casesOf, verifyOn } from './on-device.ts';

const WIDTHS = [1, 2, 4];
const NAMES = ['fma-f32', 'fma-f64', 'fma-f16', 'fma-mixed', 'mad-i32', 'mad-i64', 'mad-i16', 'mad-i8'];

const opened = openDevice({ match: 'llvmpipe' });
afterAll(() => opened[Symbol.dispose]());

function outcomeOf(name: string, axes: string): string {
  const [one] = casesOf(`${name}[invocations=64,WORKGROUP_SIZE=64,${axes}]`);
  if (one === undefined) throw new Error(`${axes} selects no case of ${name}`);
  const outcome = verifyOn(opened.device, one);
  return outcome.status === 'ok' ? 'ok' : outcome.reason;
}

describe.each(NAMES)('%s', (name) => {
  it.each(WIDTHS)('is right with vectors of %i', (width) => {
    for (const shape of [0, 1])
      expect(outcomeOf(name, `loops=5,width=${width},chains=2,shape=${shape}`)).toBe('ok');
  });
});

describe('the chains', () => {
  it.each([1, 2, 4, 8, 12, 14])('are right where %i are there', (chains) => {
    expect(outcomeOf('fma-f32', `loops=2,width=1,chains=${chains},shape=0`)).toBe('ok');
    expect(outcomeOf('add-f64', `loops=2,chains=${chains}`)).toBe('ok');
  });
});

describe('the sum over all loops', () => {
  it.each(['fma-f32', 'fma-f16', 'mad-i8', 'mad-i64'])('of %s is exact after tens of thousands', (name) => {
    expect(outcomeOf(name, 'loops=20000,width=1,chains=1,shape=1')).toBe('ok');
  });
});
