import { expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { deviceKinds, mainRatios, nodeRatios } from '../../src/merge/node-ratios.ts';
import { fleetExample } from './fleet-example.ts';

it('nodeRatios() is the geometric mean over the cases of a node; a node without any has none', () => {
  const fleet = fleetExample({ nodes: 12, cases: 4, outliers: 1 });
  const ratios = nodeRatios(fleet);
  const kinds = deviceKinds(fleet.nodes);
  const first = fleet.cases.map((one) => mainRatios(one, kinds)[0] as number);
  expect(ratios[0]).toBeCloseTo(first.reduce((product, ratio) => product * ratio, 1) ** (1 / 4), 12);
  expect(ratios[0]).toBeGreaterThan(1.015);
  expect(ratios[3]).toBeCloseTo(1, 2);
  expect(ratios[11]).toBeNull();
});

it('mainRatios() has none where the fleet has no main time, or one of 0', () => {
  const [one] = fleetExample().cases;
  if (one === undefined) throw new Error('no case');
  expect(mainRatios({ ...one, measures: [] }, [[0, 1]])).toEqual([]);
  const zero = one.measures.map((measure) => ({
    ...measure,
    distribution: { ...measure.distribution, median: 0 },
  }));
  expect(mainRatios({ ...one, measures: zero }, [[0, 1, 2, 3, 4]])).toEqual([null, null, null, null, null]);
});

it('mainRatios() compares a node with those of its device only', () => {
  const fleet = fleetExample({ nodes: 12, cases: 1 });
  const [one] = fleet.cases;
  if (one === undefined) throw new Error('no case');
  const nodes = fleet.nodes.map((node, index) => ({
    device: index % 2 === 0 ? node.device : available('half as fast'),
  }));
  const measures = one.measures.map((measure) => ({
    ...measure,
    values: measure.values.map((value, index) => (value === null || index % 2 === 0 ? value : 2 * value)),
  }));
  for (const ratio of mainRatios({ ...one, measures }, deviceKinds(nodes)).slice(0, 11))
    expect(ratio).toBeCloseTo(1, 1);
});
