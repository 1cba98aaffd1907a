import { describe, expect, it } from 'vitest';
import { type Available, available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import type { CounterGroupDefinition, CounterSource } from '../../src/counters/counter.ts';
import { COUNTER_GROUPS } from '../../src/counters/counter-groups.ts';
import { openCounters } from '../../src/counters/open-counters.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';
import { contextOf } from './snapshots.ts';

const CONTEXT = contextOf(systemFiles('/nowhere'));

/** A group with one counter, that tells what is done with it. */
function group(id: string, log: string[], slow = false): CounterGroupDefinition {
  const source: CounterSource = {
    counters: [
      {
        name: `${id}:x`,
        unit: 'count',
        kind: 'count',
        description: 'X.',
        source: '/x',
        step: null,
        wrapBits: null,
        scale: 1,
      },
    ],
    slow,
    read: () => {
      log.push(`read ${id}`);
      return new Map([[`${id}:x`, available(1)]]);
    },
    [Symbol.dispose]: () => {
      log.push(`close ${id}`);
    },
  };
  return { id, title: id, open: () => available(source) };
}

const absent: CounterGroupDefinition = { id: 'absent', title: 'Absent', open: () => unavailable('not here') };
const broken: CounterGroupDefinition = {
  id: 'broken',
  title: 'Broken',
  open: (): Available<CounterSource> => {
    throw new Error('out of handles');
  },
};

describe('openCounters()', () => {
  it('opens the others where one is absent and one throws, and records why', () => {
    using counters = openCounters(CONTEXT, 'all', [absent, broken, group('here', [])]);
    expect(counters.records).toEqual([
      { id: 'absent', title: 'Absent', counters: unavailable('not here') },
      { id: 'broken', title: 'Broken', counters: unavailable('opening it failed: out of handles') },
      { id: 'here', title: 'here', counters: available([expect.objectContaining({ name: 'here:x' })]) },
    ]);
    expect([...counters.read()]).toEqual([['here:x', available(1)]]);
  });

  it('reads slow groups only when they are asked for', () => {
    const log: string[] = [];
    using counters = openCounters(CONTEXT, 'all', [group('slow', log, true), group('fast', log)]);
    expect([...counters.read().keys()]).toEqual(['fast:x']);
    expect(log).toEqual(['read fast']);
    expect([...counters.read({ slow: true }).keys()]).toEqual(['slow:x', 'fast:x']);
  });

  it('opens none where none is wanted, and none that disturbs while something is measured', () => {
    const loud = { ...group('loud', []), disturbs: 'it makes everything slower' };
    const reasons = (choice: 'all' | 'quiet' | 'none'): readonly (string | null)[] => {
      using counters = openCounters(CONTEXT, choice, [loud, group('calm', [])]);
      return counters.records.map(({ counters: listed }) => (listed.available ? null : listed.reason));
    };
    expect(reasons('all')).toEqual([null, null]);
    expect(reasons('quiet')).toEqual([
      'not opened while something is measured: it makes everything slower',
      null,
    ]);
    expect(reasons('none')).toEqual(['no counters were asked for', 'no counters were asked for']);
  });

  it('closes every group that was opened', () => {
    const log: string[] = [];
    openCounters(CONTEXT, 'all', [group('one', log), absent, broken, group('two', log)])[Symbol.dispose]();
    expect(log).toEqual(['close one', 'close two']);
  });
});

describe('COUNTER_GROUPS', () => {
  it('says why of every group on a machine of which nothing is known', () => {
    using folder = temporaryFolder();
    using counters = openCounters(contextOf(systemFiles(folder.path)));
    for (const { id, counters: listed } of counters.records) {
      if (listed.available) continue;
      expect(listed.reason, id).not.toBe('');
      expect(listed.reason, id).not.toContain('opening it failed');
    }
  });

  it('has groups of different names, by which their counters begin', () => {
    const ids = COUNTER_GROUPS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
