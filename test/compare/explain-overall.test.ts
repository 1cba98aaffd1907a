// Explanations over cases: every case counts the same, and the parts add up.
import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { CaseExplanation, ComparedCase, PartDifference } from '../../src/compare/comparison.ts';
import { explainOverall } from '../../src/compare/explain-overall.ts';
import { comparedCase } from './sample-comparison.ts';

function compared(explanation: ComparedCase['explanation']): ComparedCase {
  return comparedCase({ explanation });
}

function explained(baselineNs: number, parts: Partial<Record<PartDifference['id'], number>>) {
  const differences = Object.entries(parts).map(([id, ns]) => ({
    id: id as PartDifference['id'],
    ns,
    lowNs: ns - baselineNs / 100,
    highNs: ns + baselineNs / 100,
    ofBaseline: ns / baselineNs,
  }));
  const contenderNs = differences.reduce((sum, { ns }) => sum + ns, baselineNs);
  const value: CaseExplanation = {
    baselineNs,
    contenderNs,
    difference: {
      ns: contenderNs - baselineNs,
      lowNs: contenderNs - baselineNs - baselineNs / 50,
      highNs: contenderNs - baselineNs + baselineNs / 50,
    },
    parts: differences,
    statement: '',
    mainCause: null,
  };
  return compared(available(value));
}

describe('explainOverall()', () => {
  it('gives a short case the weight of a long one, and leaves out what is not explained', () => {
    const overall = explainOverall([
      explained(1e3, { steal: 400, unexplained: 0 }),
      explained(1e9, { steal: 0, 'wake-up': 0.2e9, unexplained: 0 }),
      compared(unavailable('one side has no run')),
    ]);
    if (!overall.available) throw new Error(overall.reason);
    expect(overall.value.cases).toBe(2);
    expect(overall.value.wallDifference.value).toBeCloseTo(0.3, 9);
    expect(
      overall.value.parts.map(({ id, ofBaseline }) => [id, Math.round(ofBaseline.value * 1000)]),
    ).toEqual([
      ['wake-up', 100],
      ['steal', 200],
      ['unexplained', 0],
    ]);
    expect(overall.value.statement).toBe(
      'Over 2 cases, each in shares of its own baseline, the mean wall time differs by +30 %: +20 points steal, +10 wake-up',
    );
  });

  it('adds up', () => {
    const overall = explainOverall([
      explained(3, { submit: 1, unexplained: 0.5 }),
      explained(7, { device: -2, call: 1 }),
    ]);
    if (!overall.available) throw new Error(overall.reason);
    const sum = overall.value.parts.reduce((total, { ofBaseline }) => total + ofBaseline.value, 0);
    expect(sum).toBeCloseTo(overall.value.wallDifference.value, 12);
    const { low, value, high } = overall.value.wallDifference;
    expect([low - value, high - value]).toEqual([expect.closeTo(-0.02, 9), expect.closeTo(0.02, 9)]);
  });

  it('names nothing that is not certain', () => {
    const overall = explainOverall([explained(1000, { steal: 5, unexplained: -5 })]);
    expect(overall).toMatchObject({
      value: { statement: expect.stringMatching(/^In one case .*; no part of it is certain$/) },
    });
  });

  it('names nothing of single runs', () => {
    const one = { ...explained(1000, { steal: 200, unexplained: 0 }), runs: { baseline: 1, contender: 10 } };
    expect(explainOverall([one])).toMatchObject({
      value: { statement: expect.stringMatching(/\+20 %; a side has one run, so no part of it is certain$/) },
    });
  });

  it('is missing where no case is explained', () => {
    expect(explainOverall([compared(unavailable('one side has no run'))])).toEqual(
      unavailable('no case is explained'),
    );
  });
});
