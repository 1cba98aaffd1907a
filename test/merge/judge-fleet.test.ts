// Fleets with a known truth, drawn with a seed: what is found, and what is not there and must not be.
import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../src/base/random.ts';
import { MERGE_DEFAULTS } from '../../src/merge/fleet-report.ts';
import { type FleetColumns, judgeFleet } from '../../src/merge/judge-fleet.ts';
import { randomGamma, randomNormal } from '../../src/stats/random-gamma.ts';

interface Fleet {
  readonly nodes: number;
  readonly cases?: number;
  readonly spread?: number;
  readonly draw?: (random: Random) => number;
  /** What a node's time is multiplied by. */
  readonly factor?: (node: number, index: number, metric: number) => number;
}

function fleet({
  nodes,
  cases = 12,
  spread = 0.005,
  draw = randomNormal,
  factor = () => 1,
}: Fleet): FleetColumns {
  const random = seededRandom(11);
  return Array.from({ length: cases }, (_, index) => {
    const own = Float64Array.from({ length: nodes }, () => Math.exp(spread * draw(random)));
    return [0, 1, 2].map((metric) =>
      own.map((value, node) => 1e6 * (index + 1) * value * factor(node, index, metric)),
    );
  });
}

const one = (nodes: number) => [0, 1, 2].map(() => [Array.from({ length: nodes }, (_, node) => node)]);

const judge = (nodes: number, columns: FleetColumns, kinds = one(nodes)) =>
  judgeFleet(columns, kinds, nodes, MERGE_DEFAULTS);

const student = (degrees: number) => (random: Random) =>
  randomNormal(random) / Math.sqrt(randomGamma(degrees / 2, random) / (degrees / 2));

describe('judgeFleet()', () => {
  it('finds a node that is 5 % slower in one case, and names case, metrics and size', () => {
    const columns = fleet({ nodes: 300, factor: (node, index) => (node === 7 && index === 3 ? 1.05 : 1) });
    const judged = judge(300, columns);
    expect(judged.map(({ node }) => node)).toEqual([7]);
    const findings = judged[0]?.findings ?? [];
    expect(new Set(findings.map(({ case: index, verdict }) => `${index} ${verdict}`))).toEqual(
      new Set(['3 slower']),
    );
    expect(findings.map(({ metric }) => metric).sort()).toEqual(['correctedWallTime', 'gpuTime', 'wallTime']);
    for (const { ratio, p } of findings) {
      expect(Math.abs(ratio - 1.05)).toBeLessThan(0.015);
      expect(p.raw).toBeLessThan(p.adjusted);
      expect(p.adjusted).toBeLessThanOrEqual(0.01);
    }
  });

  it('finds a node that is 2 % slower in everything, over all cases together', () => {
    const judged = judge(100, fleet({ nodes: 100, factor: (node) => (node === 42 ? 1.02 : 1) }));
    expect(judged.map(({ node }) => node)).toEqual([42]);
    expect(judged[0]?.findings.some((found) => found.case === null)).toBe(true);
  });

  it('finds a fifth of the nodes, which do not hide each other', () => {
    const judged = judge(
      200,
      fleet({ nodes: 200, factor: (node, index) => (node < 40 && index === 0 ? 1.06 : 1) }),
    );
    const found = judged.map(({ node }) => node);
    expect(found.filter((node) => node < 40).length).toBeGreaterThan(36);
    expect(found.filter((node) => node >= 40)).toEqual([]);
  });

  it.each([
    ['normal', randomNormal],
    ['t(5)', student(5)],
    ['t(3)', student(3)],
    ['exponential', (random: Random) => -Math.log(1 - random())],
  ])('names nobody in a healthy fleet of %s nodes that differ by 2 %', (_, draw) => {
    expect(judge(400, fleet({ nodes: 400, spread: 0.02, draw }))).toEqual([]);
  });

  it('names nobody within the noise floor, however sure it is', () => {
    const columns = fleet({ nodes: 100, spread: 1e-5, factor: (node) => (node === 3 ? 1.009 : 1) });
    expect(judge(100, columns)).toEqual([]);
  });

  it('has no rule for times that are all equal but one, other than the noise floor', () => {
    const columns = fleet({ nodes: 60, spread: 0, factor: (node) => (node === 3 ? 1.05 : 1) });
    expect(judge(60, columns).map(({ node }) => node)).toEqual([3]);
  });

  it('tells a faster node', () => {
    const judged = judge(100, fleet({ nodes: 100, factor: (node) => (node === 5 ? 0.9 : 1) }));
    expect(judged.map(({ node, findings }) => [node, findings[0]?.verdict])).toEqual([[5, 'faster']]);
  });

  it('compares nodes with their kind, and those of a kind with fewer than 8 not at all', () => {
    const makes = (node: number): number => (node < 50 ? 1 : node < 95 ? 2 : 3);
    const factor = (node: number): number => makes(node) * (node === 60 ? 1.1 : node === 97 ? 1.5 : 1);
    const groups = [1, 2, 3].map((make) =>
      Array.from({ length: 100 }, (_, node) => node).filter((node) => makes(node) === make),
    );
    const judged = judge(
      100,
      fleet({ nodes: 100, factor }),
      [0, 1, 2].map(() => groups),
    );
    expect(judged.map(({ node }) => node)).toEqual([60]);
  });

  it('judges nodes that lack values by the others', () => {
    const columns = fleet({ nodes: 60, factor: (node) => (node === 9 ? 1.1 : 1) }).map((ofCase, index) =>
      ofCase.map((column) => column.map((value, node) => ((node + index) % 5 === 0 ? Number.NaN : value))),
    );
    expect(judge(60, columns).map(({ node }) => node)).toEqual([9]);
  });
});
