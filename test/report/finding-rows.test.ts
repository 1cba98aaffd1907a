import { describe, expect, it } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { findingRow, orNone, worded, yesOrNo } from '../../src/report/finding-rows.ts';
import { certain, claimed, likely } from '../../src/virt/finding.ts';

describe('findingRow()', () => {
  it('says nothing beside what is certain, and has the evidence beside what is not', () => {
    expect(findingRow(['cloud', certain('AWS', 'CPUID')], false).cells).toEqual(['cloud', 'AWS']);
    expect(findingRow(['cloud', likely('AWS', 'DMI')], false).cells).toEqual([
      'cloud',
      'AWS (likely, by DMI)',
    ]);
    expect(findingRow(['cloud', claimed('AWS', 'a file')], false).cells).toEqual([
      'cloud',
      { text: 'AWS (claimed, by a file)', style: 'caution' },
    ]);
    expect(findingRow(['cloud', unavailable('no DMI')], false).cells).toEqual([
      'cloud',
      { text: '– no DMI', style: 'quiet' },
    ]);
  });

  it('has every source in a column of its own where they are asked for', () => {
    const source = (text: string) => ({ text, style: 'quiet' });
    expect(findingRow(['cloud', certain('AWS', 'CPUID')], true).cells).toEqual([
      'cloud',
      'AWS',
      source('CPUID'),
    ]);
    expect(findingRow(['cloud', likely('AWS', 'DMI')], true).cells).toEqual([
      'cloud',
      'AWS (likely)',
      source('DMI'),
    ]);
    expect(findingRow(['cloud', claimed('AWS', 'a file')], true).cells).toEqual([
      'cloud',
      { text: 'AWS (claimed)', style: 'caution' },
      source('a file'),
    ]);
    expect(findingRow(['cloud', unavailable('no DMI')], true).cells).toEqual([
      'cloud',
      '–',
      source('no DMI'),
    ]);
  });

  it("tells the kernel's answers in words, each of a reason", () => {
    const reason = '/etc/os-release: ENOENT; /proc/1/environ: EACCES: only root may';
    expect(findingRow(['a', unavailable(reason)], true).cells[2]).toEqual({
      text: '/etc/os-release: not there; /proc/1/environ: not readable without more rights: only root may',
      style: 'quiet',
    });
    expect(findingRow(['a', unavailable('the product is EMULATED: EIO')], false).cells[1]).toMatchObject({
      text: '– the product is EMULATED: EIO',
    });
  });
});

describe('worded()', () => {
  it('puts a value into words and keeps where it comes from, and a reason as it is', () => {
    expect(worded(likely(3, 'a file'), (value) => `${value} CPUs`)).toEqual(likely('3 CPUs', 'a file'));
    const reason = unavailable('no file');
    expect(worded(reason, () => 'never')).toBe(reason);
    expect([yesOrNo(certain(true, 's')), yesOrNo(certain(false, 's'))]).toMatchObject([
      { value: 'yes' },
      { value: 'no' },
    ]);
  });

  it('calls an empty list none', () => {
    expect([orNone([]), orNone(['a', 'b']), orNone(['a, b', 'c'], '; ')]).toEqual([
      'none',
      'a, b',
      'a, b; c',
    ]);
  });
});
