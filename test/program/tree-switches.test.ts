import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TreeSwitches } from '../../src/program/tree-switches.ts';
import type { SwitchRecord } from '../../src/timing/switch-records.ts';

const OWN = 1;
const BASE = 1e12;

function record(threadId: number, kind: 'in' | 'out' | 'ended', atNs: number, processId = 100): SwitchRecord {
  return {
    threadId,
    processId,
    atNs: BASE + atNs,
    cpu: threadId % 2,
    out: kind !== 'in',
    preempt: false,
    ended: kind === 'ended',
  };
}

function sumOf(records: readonly SwitchRecord[], leader = 100): TreeSwitches {
  const switches = new TreeSwitches(BASE, OWN);
  switches.leader = leader;
  for (const one of records) switches.add(one);
  return switches;
}

const RUN = [
  record(100, 'in', 10),
  record(100, 'out', 110),
  record(101, 'in', 50),
  record(101, 'ended', 450),
  record(100, 'in', 200),
  record(100, 'ended', 1200),
];

describe('TreeSwitches', () => {
  test('counts a thread once whose end is read before what it did on another CPU', () => {
    const records = [record(101, 'ended', 450), record(101, 'in', 50), record(101, 'out', 90)];
    const switches = sumOf([...records, record(101, 'in', 100)]);
    expect(switches.threads).toBe(1);
    expect(switches.takeNewcomers()).toHaveLength(1);
    // The id was given away again.
    switches.add(record(101, 'in', 600, 102));
    expect(switches.threads).toBe(2);
  });

  test('sums time on a CPU over all threads, gone ones included', () => {
    const switches = sumOf(RUN);
    expect(switches.onNs(BASE + 2000)).toBe(100 + 400 + 1000);
    expect(switches.leaderUntil(BASE + 2000)).toEqual({
      firstInNs: BASE + 10,
      endNs: BASE + 1200,
      onNs: 1100,
      blocks: 1,
      processEndNs: BASE + 1200,
    });
    expect(switches).toMatchObject({ threads: 2, alive: 0, switches: 6, cpus: [0, 1] });
  });

  test('counts the switches of each process, but for those by which threads ended', () => {
    const other = [record(200, 'in', 20, 200), record(200, 'out', 30, 200), record(200, 'ended', 40, 200)];
    expect(sumOf([...RUN, ...other]).processes).toEqual(
      new Map([
        [100, { outs: 1, endedThreads: 1 }],
        [200, { outs: 1, endedThreads: 0 }],
      ]),
    );
  });

  test('counts a thread that is on its CPU at the end until then', () => {
    const switches = sumOf([...RUN.slice(0, 3), record(100, 'in', 200)]);
    expect(switches.onNs(BASE + 1000)).toBe(100 + 950 + 800);
    expect(switches.leaderUntil(BASE + 1000)).toMatchObject({
      onNs: 900,
      endNs: BASE + 1000,
      processEndNs: null,
    });
    expect(switches.alive).toBe(2);
  });

  test('comes to the same sum in whatever order records arrive', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(RUN, { minLength: RUN.length }), (records) => {
        const switches = sumOf(records);
        return switches.onNs(BASE + 2000) === 1500 && switches.leaderUntil(BASE + 2000)?.onNs === 1100;
      }),
    );
  });

  test('leaves this process out, and names newcomers once', () => {
    const switches = sumOf([record(1, 'in', 0, OWN), record(2, 'out', 5, OWN), ...RUN]);
    expect(switches.onNs(BASE + 2000)).toBe(1500);
    expect(switches.takeNewcomers()).toEqual([
      { processId: 100, threadId: 100 },
      { processId: 100, threadId: 101 },
    ]);
    expect(switches.takeNewcomers()).toEqual([]);
  });

  test('knows of no main thread that never ran', () => {
    expect(sumOf(RUN, 999).leaderUntil(BASE + 2000)).toBeUndefined();
  });
});
