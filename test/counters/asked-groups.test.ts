import { describe, expect, it } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { allMayName, askedGroups } from '../../src/counters/asked-groups.ts';
import { openCounters } from '../../src/counters/open-counters.ts';
import { pretendedCounter, pretendedGroup } from './pretended-group.ts';
import { contextOf } from './snapshots.ts';

const GROUPS = ['steal', 'net', 'gpu-nvml', 'gpu-nvml-throughput'].map((id) => ({
  ...pretendedGroup({ counters: [pretendedCounter(`${id}:x`)], looks: [] }),
  id,
}));

/** Names of the groups that are opened. */
function opened(...patterns: readonly string[]): readonly string[] {
  using counters = openCounters(contextOf(systemFiles('/nowhere')), 'all', askedGroups(GROUPS, patterns));
  for (const { opened: source } of counters.groups)
    if (!source.available) expect(source).toEqual(unavailable('it was not asked for'));
  return counters.groups.filter(({ opened: source }) => source.available).map(({ id }) => id);
}

describe('askedGroups()', () => {
  it.each([
    [[], ['steal', 'net', 'gpu-nvml', 'gpu-nvml-throughput']],
    [['STEAL'], ['steal']],
    [['net:eth0:*'], ['net']],
    [
      ['net:eth0:rx:bytes', 'steal'],
      ['steal', 'net'],
    ],
    [['gpu-nvml'], ['gpu-nvml']],
    [['gpu-nvml:*'], ['gpu-nvml']],
    [['gpu*'], ['gpu-nvml', 'gpu-nvml-throughput']],
    [['*:rx:bytes'], ['steal', 'net', 'gpu-nvml', 'gpu-nvml-throughput']],
    [['n'], []],
    [['nett*'], []],
    [['netx:*'], []],
  ])('opens for %j %j', (patterns, groups) => {
    expect(opened(...patterns)).toEqual(groups);
  });

  it('knows at once of a pattern that can name nothing', () => {
    expect(allMayName(GROUPS, ['steal', 'net:*'])).toBe(true);
    expect(allMayName(GROUPS, ['steal', 'nett'])).toBe(false);
    expect(allMayName(GROUPS, [''])).toBe(false);
    expect(allMayName(GROUPS, [])).toBe(true);
  });
});
