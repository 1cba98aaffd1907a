import { describe, expect, it } from 'vitest';
import type { Benchmark } from '../../src/suite/benchmark.ts';
import { makeCase } from '../../src/suite/case-id.ts';
import { checkNeeds } from '../../src/suite/check-needs.ts';
import { openSimulatedDevice } from '../../src/vulkan/simulated-device.ts';
import { benchmark } from './benchmarks.ts';

const { info } = openSimulatedDevice({ info: { features: ['shaderInt64'], extensions: ['VK_KHR_a'] } });
const check = (parts: Partial<Benchmark>) => (): void =>
  checkNeeds(makeCase(benchmark(parts), { n: 4 }), info);

describe('checkNeeds()', () => {
  it('accepts features and extensions that the device has', () => {
    expect(check({ needs: ['shaderInt64', 'VK_KHR_a'] })).not.toThrow();
    expect(check({})).not.toThrow();
  });

  it.each([
    [
      'names all that is missing',
      { needs: ['shaderInt64', 'shaderInt8', 'VK_KHR_b'] },
      'lacks shaderInt8, VK_KHR_b',
    ],
    [
      'passes on what no device can do',
      { obstacle: 'it needs a display' },
      'Cannot run count[n=4]: it needs a display',
    ],
    [
      'asks the benchmark about the device',
      { skips: ({ n }, device) => `n=${n} is beyond ${device.type}` } as Partial<Benchmark>,
      `n=4 is beyond ${info.type}`,
    ],
  ])('%s', (_, parts, message) => {
    expect(check(parts)).toThrow(message);
    try {
      check(parts)();
    } catch (error) {
      expect(error).toMatchObject({ code: 'unsupported' });
    }
  });
});
