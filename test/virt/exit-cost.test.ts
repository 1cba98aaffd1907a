import { expect, test } from 'vitest';
import { openCpuidLoop } from '../../src/timing/cpuid-loop.ts';
import { exitCostOf, measureExitCost } from '../../src/virt/exit-cost.ts';
import { thisMachine } from '../../src/virt/open-machine.ts';
import { tableMachine } from './table-machine.ts';

test('exitCostOf() divides by the executions and gives the time by the rate', () => {
  const cycles = [400, 200, 300, 500, 900, 100, 600, 800, 700, 1000, 1100];
  expect(exitCostOf(cycles, 20, 2e9)).toEqual({
    minCycles: 5,
    medianCycles: 30,
    p90Cycles: 50,
    minNs: 2.5,
    medianNs: 15,
    p90Ns: 25,
    samples: 11,
    executionsPerSample: 20,
  });
});

test('measureExitCost() times nothing of a recorded machine', () => {
  expect(measureExitCost(tableMachine({}))).toMatchObject({
    available: false,
    reason: expect.stringContaining('recorded machine'),
  });
});

const loop = openCpuidLoop();
if (!loop.available) console.warn(`exit-cost: the measurement is skipped: ${loop.reason}`);

test.skipIf(!loop.available)('measureExitCost() measures this machine in well under a second', () => {
  const machine = thisMachine();
  const startMs = performance.now();
  const found = measureExitCost(machine);
  expect(performance.now() - startMs).toBeLessThan(1000);
  if (!found.available) throw new Error(found.reason);
  const { minCycles, medianCycles, p90Cycles, minNs, medianNs, samples } = found.value;
  // Nowhere does CPUID take less than 20 cycles; the slowest nested exits take some 100,000.
  expect(minCycles).toBeGreaterThan(20);
  expect(medianCycles).toBeGreaterThanOrEqual(minCycles);
  expect(p90Cycles).toBeGreaterThanOrEqual(medianCycles);
  expect(medianNs).toBeLessThan(1e6);
  expect(minCycles / minNs).toBeGreaterThan(0.2);
  expect(minCycles / minNs).toBeLessThan(20);
  expect(samples).toBeGreaterThan(0);
});
