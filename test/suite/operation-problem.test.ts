import { expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { figuresProblem, operationProblem } from '../../src/suite/operation-problem.ts';

const RIGHT = { run: () => undefined, verify: () => undefined, calls: 2 };

it.each([
  [RIGHT, null],
  [{ ...RIGHT, wait: () => undefined, reset: undefined, calls: 0, mostSamples: 1 }, null],
  [[RIGHT], 'no object'],
  [{ calls: 1 }, 'run, verify is missing'],
  [{ ...RIGHT, reset: 1 }, 'reset is no function'],
  [{ ...RIGHT, calls: undefined }, 'calls is no number'],
  [{ ...RIGHT, calls: Number.NaN }, 'calls is no number'],
  [{ ...RIGHT, mostSamples: 0 }, 'mostSamples is no number'],
])('operationProblem(%o) is %s', (value, problem) => {
  const found = operationProblem(value);
  if (problem === null) expect(found).toBeNull();
  else expect(found).toContain(problem);
});

const exact = (value: number) => available({ value, low: value, high: value });
const FIGURE = { id: 'drift', label: 'drift', unit: 'ppm', method: 'fitted', estimate: exact(3) };

it.each([
  [[], null],
  [[FIGURE, { ...FIGURE, estimate: unavailable('no clock') }], null],
  [FIGURE, 'no list'],
  [[null], 'figure 0 is no object'],
  [[FIGURE, { ...FIGURE, method: undefined }], 'figure 1 has no method'],
  [[{ ...FIGURE, unit: 'ms' }], 'unit that is none of ns'],
  [[{ ...FIGURE, estimate: 3 }], 'no estimate'],
  [[{ ...FIGURE, estimate: { available: false } }], 'gives no reason'],
  [[{ ...FIGURE, estimate: exact(Number.NaN) }], 'no finite numbers'],
])('figuresProblem(%o) is %s', (value, problem) => {
  const found = figuresProblem(value);
  if (problem === null) expect(found).toBeNull();
  else expect(found).toContain(problem);
});
