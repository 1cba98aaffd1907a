import { expect, test } from 'vitest';
import { openCpuid } from '../../src/timing/cpuid.ts';
import { openCpuidLoop } from '../../src/timing/cpuid-loop.ts';

const loop = openCpuidLoop();
if (!loop.available) console.warn(`cpuid-loop: tests are skipped: ${loop.reason}`);

test.skipIf(!loop.available)('openCpuidLoop() executes CPUID as often as it is told', () => {
  const cpuid = openCpuid();
  if (!loop.available || !cpuid.available) throw new Error('no CPUID');
  const { ebx } = cpuid.value(0);
  for (const count of [1, 2, 1000]) {
    loop.value.run(count, 0);
    expect(loop.value.sumOfEbx()).toBe(Math.imul(count, ebx) >>> 0);
    // Nowhere does it take less than 20 cycles, and nobody is away for minutes.
    expect(loop.value.cycles()).toBeGreaterThan(20 * count);
    expect(loop.value.cycles()).toBeLessThan(1e12);
  }
  expect(() => loop.value.run(0, 0)).toThrow('Cannot execute CPUID 0 times');
});
