import { describe, expect, test } from 'vitest';
import { orderSwitches } from '../../src/timing/ordered-switches.ts';
import type { SwitchRecord } from '../../src/timing/switch-records.ts';

const record = { threadId: 1, processId: 1, cpu: 0, out: false, preempt: false };

/** Rings that hold the given instants in ms at the first drain, the second, and so on. */
function orderedOf(nowMs: readonly number[], drains: readonly (readonly number[])[]) {
  const times = [...nowMs];
  const batches = [...drains];
  const ordered = orderSwitches(
    (onSwitch) => {
      const reused = { ...record, atNs: 0 };
      for (const atMs of batches.shift() ?? []) onSwitch(Object.assign(reused, { atNs: atMs * 1e6 }));
      return 2;
    },
    () => (times.shift() as number) * 1e6,
  );
  const call = (name: 'drain' | 'flush') => {
    const seen: SwitchRecord[] = [];
    const lost = ordered[name]((one) => seen.push(one));
    return { lost, atMs: seen.map(({ atNs }) => atNs / 1e6) };
  };
  return { drain: () => call('drain'), flush: () => call('flush') };
}

describe('orderSwitches()', () => {
  test('sorts over the rings and holds back what is young', () => {
    const ordered = orderedOf(
      [1000, 2000],
      [
        [100, 300, 990, 200, 400],
        [980, 1500],
      ],
    );
    expect(ordered.drain()).toEqual({ lost: 2, atMs: [100, 200, 300, 400] });
    expect(ordered.drain()).toEqual({ lost: 2, atMs: [980, 990, 1500] });
  });

  test('gives everything when it ends', () => {
    const ordered = orderedOf([1000], [[999, 998], [1001]]);
    expect(ordered.drain().atMs).toEqual([]);
    expect(ordered.flush().atMs).toEqual([998, 999, 1001]);
    expect(ordered.flush().atMs).toEqual([]);
  });
});
