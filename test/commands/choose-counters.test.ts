import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { chooseCounters } from '../../src/commands/choose-counters.ts';
import type { CountersTaken, TakenGroup } from '../../src/counters/take-counters.ts';
import { pretendedCounter } from '../counters/pretended-group.ts';

function group(id: string, ...names: readonly string[]): TakenGroup {
  const counters = names.map((name) => ({
    ...pretendedCounter(name),
    value: available(1),
    change: available(1),
    flags: [],
  }));
  return { id, title: id, disturbs: null, readNs: 1, counters: available(counters) };
}

const TAKEN: CountersTaken = {
  spanNs: 1e9,
  groups: [
    group('steal', 'steal:total', 'steal:cpu0'),
    group('net', 'net:lo:rx:bytes', 'net:lo:tx:bytes', 'net:eth0:rx:bytes'),
    { ...group('gpu'), counters: unavailable('no such library') },
  ],
};

/** Names of the counters that are left; groups that are not here by their reason. */
function left(...patterns: readonly string[]): readonly string[] {
  return chooseCounters(TAKEN, patterns).groups.flatMap(({ id, counters }) =>
    counters.available ? counters.value.map(({ name }) => name) : [`${id}: ${counters.reason}`],
  );
}

describe('chooseCounters()', () => {
  it('takes all without a pattern, and groups whole by their names', () => {
    expect(chooseCounters(TAKEN, [])).toBe(TAKEN);
    expect(chooseCounters(TAKEN, ['STEAL'])).toEqual({ ...TAKEN, groups: [TAKEN.groups[0]] });
    expect(left('*')).toHaveLength(6);
  });

  it('takes of a group what fits, in its order and once', () => {
    expect(left('net:*:rx:*', 'net:lo:*', 'steal:total')).toEqual([
      'steal:total',
      'net:lo:rx:bytes',
      'net:lo:tx:bytes',
      'net:eth0:rx:bytes',
    ]);
  });

  it('says why a group is not here, also to whoever names a counter of it', () => {
    expect(left('gpu')).toEqual(['gpu: no such library']);
    expect(left('gpu:*:clock')).toEqual(['gpu: no such library']);
  });

  it('refuses every pattern that nothing fits, whatever else was found', () => {
    expect(() => left('steal', 'nett', 'net:eth7:*')).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: 'Cannot read the counters nett net:eth7:*: there are none of these names',
        hint: expect.stringMatching(/^groups: steal, net, gpu; /),
      }),
    );
  });
});
