import { describe, expect, it } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { headLines, shown } from '../../src/compare/side-lines.ts';
import { comparison } from './sample-comparison.ts';

describe('shown()', () => {
  it.each([
    ['abc', 'abc'],
    ['abcde', 'abcde'],
    ['abcdef', 'abcd…'],
    ['🚀🚀🚀🚀🚀', '🚀🚀🚀🚀🚀'],
    ['🚀🚀🚀🚀🚀x', '🚀🚀🚀🚀…'],
    ['🚀🚀🚀🚀🚀🚀', '🚀🚀🚀🚀…'],
    ['a\nb\u001b', 'a b?'],
  ])('writes %j as %j in five characters', (text, expected) => {
    expect(shown(text, 5)).toBe(expected);
  });
});

describe('headLines()', () => {
  it('tells all values in which the reports of a side differ, and why there is none', () => {
    const plain = comparison();
    const [first, ...others] = plain.baseline.reports;
    const software = {
      ...(first as (typeof others)[number]),
      software: true,
      driver: unavailable('no device'),
    };
    const mixed = { ...plain.baseline, reports: [...others, software] };
    const lines = headLines({ ...plain, baseline: mixed }).map(([, text]) => text);
    expect(lines[1]).toMatch(/^SOFTWARE DEVICE, no GPU: device NVIDIA H100 PCIe; driver NVIDIA 550\.54\.15;/);
    const unknown = { ...plain.baseline, reports: [software] };
    expect(headLines({ ...plain, baseline: unknown })[1]?.[1]).toContain('; driver – (no device); ');
    const nowhere = { ...software, hostname: unavailable('no device'), device: unavailable('no device') };
    expect(headLines({ ...plain, baseline: { ...plain.baseline, reports: [nowhere] } })[1]?.[1]).toMatch(
      /: device, driver, host – \(no device\); hypervisor /,
    );
    const many = ['1', '2', '3', '4', '5'].map((value) => ({
      ...software,
      driver: { available: true as const, value },
    }));
    expect(headLines({ ...plain, baseline: { ...mixed, reports: many } })[1]?.[1]).toContain(
      'driver 1 | 2 | 3 and 2 more',
    );
  });
});
