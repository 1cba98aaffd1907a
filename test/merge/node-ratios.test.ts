import { expect, it } from 'vitest';
import { mainRatios, nodeRatios } from '../../src/merge/node-ratios.ts';
import { fleetExample } from './fleet-example.ts';

it('nodeRatios() is the geometric mean over the cases of a node; a node without any has none', () => {
  const fleet = fleetExample({ nodes: 12, cases: 4, outliers: 1 });
  const ratios = nodeRatios(fleet);
  const first = fleet.cases.map((one) => mainRatios(one)[0] as number);
  expect(ratios[0]).toBeCloseTo(first.reduce((product, ratio) => product * ratio, 1) ** (1 / 4), 12);
  expect(ratios[0]).toBeGreaterThan(1.015);
  expect(ratios[3]).toBeCloseTo(1, 2);
  expect(ratios[11]).toBeNull();
});

it('mainRatios() has none where the fleet has no main time, or one of 0', () => {
  const [one] = fleetExample().cases;
  if (one === undefined) throw new Error('no case');
  expect(mainRatios({ ...one, measures: [] })).toEqual([]);
  const zero = one.measures.map((measure) => ({
    ...measure,
    distribution: { ...measure.distribution, median: 0 },
  }));
  expect(mainRatios({ ...one, measures: zero })).toEqual([]);
});
