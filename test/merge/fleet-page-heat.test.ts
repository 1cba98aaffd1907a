import { describe, expect, it } from 'vitest';
import { heatLevel, heatSection } from '../../src/merge/fleet-page-heat.ts';
import { fleetExample } from './fleet-example.ts';

describe('heatLevel()', () => {
  it.each([
    [1, ''],
    [1.009, ''],
    [0.991, ''],
    [1.02, 'slower-1'],
    [0.96, 'faster-2'],
    [1.05, 'slower-3'],
    [1.1001, 'slower-4'],
    [0.5, 'faster-5'],
    [7, 'slower-5'],
  ])('of %d is %j', (ratio, level) => {
    expect(heatLevel(ratio, 0.01)).toBe(level);
  });
});

describe('heatSection()', () => {
  it('has a row for every outlier and for the nodes nearest to them, and frames what was found', () => {
    const report = fleetExample({ nodes: 40, cases: 6, outliers: 3 });
    const { markup } = heatSection(report) ?? { markup: '' };
    expect(markup.match(/<a href="#node-/g)?.length).toBe(3);
    expect(markup.match(/\(normal\)/g)?.length).toBe(8);
    const found = report.outliers.flatMap(({ findings }) => findings.filter((one) => one.case !== null));
    expect(markup.match(/ found"/g)?.length).toBe(found.length);
    expect(markup.match(/<td/g)?.length).toBe(11 * 6);
  });

  it('shows of many cases first those in which something was found', () => {
    const whole = fleetExample({ nodes: 20, cases: 120, outliers: 1 });
    const [outlier] = whole.outliers;
    const last = outlier?.findings.find((finding) => finding.case === 118);
    if (outlier === undefined || last === undefined) throw new Error('nothing found');
    const { markup } = heatSection({ ...whole, outliers: [{ ...outlier, findings: [last] }] }) ?? {
      markup: '',
    };
    expect(markup).toContain(whole.cases[118]?.id);
    expect(markup).not.toContain(whole.cases[119]?.id);
    expect(markup).toContain('80 of the 120 cases');
  });
});
