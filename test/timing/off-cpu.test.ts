import { describe, expect, test } from 'vitest';
import { emptyOffCpu, type OffCpu, openOffCpuLedger, openTreeOffCpu } from '../../src/timing/off-cpu.ts';
import type { DrainSwitches, SwitchRecord } from '../../src/timing/switch-records.ts';

type Kind = 'in' | 'blocked' | 'preempted';

function record(atNs: number, kind: Kind, threadId = 7): SwitchRecord {
  return { threadId, processId: 7, atNs, cpu: 0, out: kind !== 'in', preempt: kind === 'preempted' };
}

/** Gives the records once, as a ring would. */
function ring(...records: readonly SwitchRecord[]): DrainSwitches {
  const left = [...records];
  return (onSwitch) => {
    for (const one of left.splice(0)) onSwitch(one);
    return 0;
  };
}

const nothing = ring();

function span(of: Partial<OffCpu>): OffCpu {
  return { ...emptyOffCpu(), ...of };
}

describe('openOffCpuLedger()', () => {
  test('adds up blocking and preemption between two instants', () => {
    const ledger = openOffCpuLedger(100, 'on');
    const into = emptyOffCpu();
    const drain = ring(
      record(110, 'blocked'),
      record(150, 'in'),
      record(160, 'preempted'),
      record(165, 'in'),
    );
    ledger.endSpan(200, drain, into);
    expect(into).toEqual(
      span({
        onNs: 10 + 10 + 35,
        offNs: 45,
        blockedOffNs: 40,
        preemptedOffNs: 5,
        switchesOut: 2,
        switchesIn: 2,
        blocks: 1,
        lastInNs: 165,
      }),
    );
  });

  test('cuts a time off the CPU at the end of a span and gives the rest to the next', () => {
    const ledger = openOffCpuLedger(0, 'on');
    const into = emptyOffCpu();
    ledger.endSpan(50, ring(record(40, 'blocked')), into);
    expect(into).toMatchObject({ onNs: 40, blockedOffNs: 10, blocks: 1, switchesIn: 0 });
    ledger.endSpan(100, ring(record(70, 'in')), into);
    expect(into).toMatchObject({ onNs: 30, blockedOffNs: 20, blocks: 0, switchesIn: 1 });
  });

  test('gives what was drained from beyond the end to the next span', () => {
    const ledger = openOffCpuLedger(0, 'on');
    const into = emptyOffCpu();
    ledger.endSpan(50, ring(record(10, 'preempted'), record(20, 'in'), record(60, 'blocked')), into);
    expect(into).toEqual(
      span({ onNs: 40, offNs: 10, preemptedOffNs: 10, switchesOut: 1, switchesIn: 1, lastInNs: 20 }),
    );
    ledger.endSpan(100, ring(record(90, 'in')), into);
    expect(into).toEqual(
      span({ onNs: 20, offNs: 30, blockedOffNs: 30, switchesOut: 1, switchesIn: 1, blocks: 1, lastInNs: 90 }),
    );
  });

  test('takes records between two ends, and ignores what was before its start', () => {
    const ledger = openOffCpuLedger(100, 'on');
    const into = emptyOffCpu();
    ledger.add(record(80, 'blocked'));
    ledger.add(record(90, 'in'));
    ledger.add(record(120, 'blocked'));
    ledger.add(record(130, 'in'));
    ledger.endSpan(150, nothing, into);
    expect(into).toMatchObject({ onNs: 40, offNs: 10, switchesOut: 1, switchesIn: 1 });
  });

  test('learns from the first record what a thread did before, but not why', () => {
    const into = emptyOffCpu();
    openOffCpuLedger(0).endSpan(100, ring(record(30, 'in')), into);
    expect(into).toMatchObject({ offNs: 30, blockedOffNs: 0, preemptedOffNs: 0, onNs: 70, unknownNs: 0 });
    openOffCpuLedger(0).endSpan(100, ring(record(30, 'blocked')), into);
    expect(into).toMatchObject({ onNs: 30, blockedOffNs: 70, unknownNs: 0 });
  });

  test('learns it also from a record beyond the end', () => {
    const into = emptyOffCpu();
    openOffCpuLedger(0).endSpan(100, ring(record(130, 'in')), into);
    expect(into).toEqual(span({ offNs: 100 }));
  });

  test('knows nothing of a thread without records', () => {
    const into = emptyOffCpu();
    openOffCpuLedger(0).endSpan(100, nothing, into);
    expect(into).toEqual(span({ unknownNs: 100 }));
    openOffCpuLedger(0, 'on').endSpan(100, nothing, into);
    expect(into).toEqual(span({ onNs: 100 }));
  });

  test('calls time unknown between records that contradict each other', () => {
    const into = emptyOffCpu();
    const drain = ring(record(10, 'blocked'), record(30, 'blocked'), record(40, 'in'), record(70, 'in'));
    openOffCpuLedger(0, 'on').endSpan(100, drain, into);
    expect(into).toMatchObject({ unknownNs: 20 + 30, offNs: 10, onNs: 40 });
  });

  test('passes on how many records were lost', () => {
    expect(openOffCpuLedger(0, 'on').endSpan(1, () => 12, emptyOffCpu())).toBe(12);
  });
});

describe('openTreeOffCpu()', () => {
  test('keeps threads apart, each from its first to its last record', () => {
    const tree = openTreeOffCpu();
    const records = [
      record(10, 'in', 1),
      record(12, 'blocked', 1),
      record(15, 'blocked', 2),
      record(30, 'in', 1),
      record(31, 'in', 2),
      record(35, 'preempted', 1),
    ];
    for (const one of records) tree.add(one);
    expect(tree.threads.get(1)).toEqual({
      ...span({
        onNs: 7,
        offNs: 18,
        blockedOffNs: 18,
        switchesIn: 2,
        switchesOut: 2,
        blocks: 1,
        lastInNs: 30,
      }),
      threadId: 1,
      processId: 7,
      firstNs: 10,
      lastNs: 35,
      running: false,
    });
    expect(tree.threads.get(2)).toMatchObject({ onNs: 0, blockedOffNs: 16, running: true, firstNs: 15 });
  });
});
