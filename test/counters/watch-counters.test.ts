import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import type { CounterGroupDefinition } from '../../src/counters/counter.ts';
import { type CounterChoice, openCounters } from '../../src/counters/open-counters.ts';
import { counterWatch } from '../../src/counters/watch-counters.ts';
import { pretendedCounter, pretendedGroup } from './pretended-group.ts';
import { contextOf } from './snapshots.ts';

const CONTEXT = contextOf(systemFiles('/nowhere'));

/** What a watch tells of groups whose clock goes on by 1 ns with every look at it. */
function watched(
  groups: readonly CounterGroupDefinition[],
  choice: CounterChoice = 'all',
): ReturnType<ReturnType<ReturnType<typeof counterWatch>>> {
  using opened = openCounters(CONTEXT, choice, groups);
  let now = 0;
  return counterWatch(opened, () => now++, choice)()();
}

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => pretendedCounter(name)) as [
  ReturnType<typeof pretendedCounter>,
  ReturnType<typeof pretendedCounter>,
  ReturnType<typeof pretendedCounter>,
  ReturnType<typeof pretendedCounter>,
];

describe('counterWatch()', () => {
  it('tells what moved and leaves out what stood still', () => {
    const group = pretendedGroup({
      counters: [a, b],
      looks: [
        { a: 1, b: 5 },
        { a: 4, b: 5 },
      ],
    });
    expect(watched([group])).toMatchObject({
      value: { changes: [{ name: 'a', change: available(3), flags: [] }] },
    });
  });

  it('tells what could be read only once, with the reason, and leaves out what could be read never', () => {
    const looks = [
      { a: 1, b: 'it is asleep', c: 'not here' },
      { a: 'it went away', b: 2, c: 'not here' },
    ];
    expect(watched([pretendedGroup({ counters: [a, b, c, d], looks })])).toMatchObject({
      value: {
        changes: [
          { name: 'a', change: unavailable('it went away'), flags: [] },
          { name: 'b', change: unavailable('it is asleep'), flags: [] },
        ],
      },
    });
  });

  it('tells of a gauge what it says, unless that is 0', () => {
    const gauges = ['hot', 'cold'].map((name) => pretendedCounter(name, { kind: 'gauge' }));
    const looks = [
      { hot: 60, cold: 1 },
      { hot: 60, cold: 0 },
    ];
    expect(watched([pretendedGroup({ counters: gauges, looks })])).toMatchObject({
      value: { changes: [{ name: 'hot', change: available(60), flags: [] }] },
    });
  });

  it('keeps what a counter that stands at its largest value cannot tell', () => {
    const stuck = pretendedCounter('stuck', { wrapBits: 8, sticks: true });
    const group = pretendedGroup({ counters: [stuck], looks: [{ stuck: 255 }] });
    expect(watched([group])).toMatchObject({
      value: { changes: [{ name: 'stuck', change: { available: false }, flags: ['stuck'] }] },
    });
  });

  it('takes the time between the readings for the span, and that of the readings for the cost', () => {
    let now = 100;
    const group = pretendedGroup({
      counters: [a],
      looks: [{ a: 1 }, { a: 2 }],
      onLook: () => {
        now += 7;
      },
    });
    using opened = openCounters(CONTEXT, 'all', [group]);
    const end = counterWatch(opened, () => now, 'all')();
    now += 1000;
    expect(end()).toMatchObject({ value: { spanNs: 1000, costNs: 14 } });
  });

  it('can be ended more than once, each time from the same beginning', () => {
    const group = pretendedGroup({ counters: [a], looks: [{ a: 1 }, { a: 2 }, { a: 10 }] });
    using opened = openCounters(CONTEXT, 'all', [group]);
    const end = counterWatch(opened, () => 0, 'all')();
    const changes = [end(), end()].map((one) => one.available && one.value.changes[0]?.change);
    expect(changes).toEqual([available(1), available(9)]);
  });

  it('does not look at slow groups, nor at those that disturb, nor at any where none is wanted', () => {
    const looked: string[] = [];
    const group = (id: string, more: object): CounterGroupDefinition =>
      pretendedGroup({
        id,
        counters: [pretendedCounter(id)],
        looks: [{ [id]: 0 }, { [id]: 1 }],
        onLook: () => looked.push(id),
        ...more,
      });
    const groups = (): readonly CounterGroupDefinition[] => [
      group('slow', { slow: true }),
      group('loud', { disturbs: 'everything' }),
      group('calm', {}),
    ];
    const names = (choice: CounterChoice): readonly string[] | string => {
      const told = watched(groups(), choice);
      return told.available ? told.value.changes.map(({ name }) => name) : told.reason;
    };
    expect(names('all')).toEqual(['loud', 'calm']);
    expect(names('quiet')).toEqual(['calm']);
    expect(looked).not.toContain('slow');
    looked.length = 0;
    expect(names('none')).toBe('no counters were asked for');
    expect(looked).toEqual([]);
  });

  it('goes on with the others where one throws at either reading', () => {
    const torn = new Error('the device is gone');
    const groups = [
      pretendedGroup({ id: 'early', counters: [a], looks: [torn, { a: 1 }] }),
      pretendedGroup({ id: 'late', counters: [b], looks: [{ b: 1 }, torn] }),
      pretendedGroup({ id: 'never', counters: [c], looks: [torn] }),
      pretendedGroup({ id: 'fine', counters: [d], looks: [{ d: 1 }, { d: 2 }] }),
    ];
    const gone = unavailable('reading it failed: the device is gone');
    expect(watched(groups)).toMatchObject({
      value: {
        changes: [
          { name: 'a', change: gone, flags: [] },
          { name: 'b', change: gone, flags: [] },
          { name: 'd', change: available(1), flags: [] },
        ],
      },
    });
  });
});
