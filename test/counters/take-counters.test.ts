import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import type { CounterGroupDefinition } from '../../src/counters/counter.ts';
import { COUNTER_GROUPS } from '../../src/counters/counter-groups.ts';
import { type CountersTaken, takeCounters } from '../../src/counters/take-counters.ts';
import { pretendedCounter, pretendedGroup } from './pretended-group.ts';
import { contextOf } from './snapshots.ts';

const CONTEXT = contextOf(systemFiles('/nowhere'));

function take(
  groups: readonly CounterGroupDefinition[],
  wait: () => Promise<void> = async () => {},
  nowNs: () => number = () => 0,
): Promise<CountersTaken> {
  return takeCounters(CONTEXT, wait, { nowNs, definitions: groups });
}

const a = pretendedCounter('a');
const b = pretendedCounter('b');

describe('takeCounters()', () => {
  it('reads before the wait and behind it, slow groups and loud ones too', async () => {
    const order: string[] = [];
    const group = pretendedGroup({
      counters: [a],
      looks: [{ a: 3 }, { a: 10 }],
      slow: true,
      disturbs: 'everything',
      onLook: () => order.push('look'),
      onClose: () => order.push('close'),
    });
    const { groups } = await take([group], async () => void order.push('wait'));
    expect(order).toEqual(['look', 'wait', 'look', 'close']);
    expect(groups).toEqual([
      {
        id: 'group',
        title: 'The group',
        disturbs: 'everything',
        readNs: 0,
        counters: available([{ ...a, value: available(10), change: available(7), flags: [] }]),
      },
    ]);
  });

  it('tells the time between the readings, and how long the second one of each group took', async () => {
    let now = 0;
    const timed = (id: string, ns: number): CounterGroupDefinition =>
      pretendedGroup({
        id,
        counters: [pretendedCounter(id)],
        looks: [{ [id]: 1 }],
        onLook: () => {
          now += ns;
        },
      });
    const wait = async (): Promise<void> => {
      now += 5000;
    };
    const { spanNs, groups } = await take([timed('long', 300), timed('short', 20)], wait, () => now);
    expect(groups.map(({ readNs }) => readNs)).toEqual([300, 20]);
    // With the first readings: between its own two, each group has about that, since the second ones take as long.
    expect(spanNs).toBe(5320);
  });

  it('has every counter of a group, whatever could be read of it', async () => {
    const looks = [{ a: 1 }, { a: 'it went away' }];
    const { groups } = await take([pretendedGroup({ counters: [a, b], looks })]);
    expect(groups[0]?.counters).toEqual(
      available([
        { ...a, value: unavailable('it went away'), change: unavailable('it went away'), flags: [] },
        {
          ...b,
          value: unavailable('it was not read'),
          change: unavailable('it was not read twice'),
          flags: [],
        },
      ]),
    );
  });

  it('says why a group is not here, and takes no time for it', async () => {
    const absent = { id: 'absent', title: 'Absent', open: () => unavailable('no such device') };
    const { groups } = await take([absent]);
    expect(groups).toEqual([
      {
        id: 'absent',
        title: 'Absent',
        disturbs: null,
        readNs: null,
        counters: unavailable('no such device'),
      },
    ]);
  });

  it('goes on with the others where one throws when it is opened, read or closed', async () => {
    const fail = (): never => {
      throw new Error('out of handles');
    };
    const failed = unavailable('reading it failed: out of handles');
    const { groups } = await take([
      { id: 'opened', title: 'Opened', open: fail },
      pretendedGroup({ id: 'read', counters: [a], looks: [{ a: 1 }, new Error('out of handles')] }),
      pretendedGroup({ id: 'closed', counters: [a], looks: [{ a: 1 }], onClose: fail }),
      pretendedGroup({ id: 'fine', counters: [b], looks: [{ b: 1 }, { b: 2 }] }),
    ]);
    expect(groups.map(({ counters }) => counters)).toEqual([
      unavailable('opening it failed: out of handles'),
      available([{ ...a, value: failed, change: failed, flags: [] }]),
      available([{ ...a, value: available(1), change: available(0), flags: [] }]),
      available([{ ...b, value: available(2), change: available(1), flags: [] }]),
    ]);
  });

  it('closes what it opened where the wait fails', async () => {
    let isClosed = false;
    const group = pretendedGroup({
      counters: [a],
      looks: [{ a: 1 }],
      onClose: () => {
        isClosed = true;
      },
    });
    await expect(take([group], () => Promise.reject(new Error('no more time')))).rejects.toThrow('no more');
    expect(isClosed).toBe(true);
  });

  it('asks for all groups that there are', async () => {
    const { groups } = await takeCounters(CONTEXT, async () => {});
    expect(groups.map(({ id }) => id)).toEqual(COUNTER_GROUPS.map(({ id }) => id));
  });
});
