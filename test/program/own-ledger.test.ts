import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import {
  criticalOwnSteal,
  type OwnParts,
  openOwnLedger,
  type ProgramSpan,
} from '../../src/program/own-ledger.ts';
import { followClocks } from '../../src/program/run-program.ts';
import { openLibc } from '../../src/timing/libc.ts';
import { spinNs } from '../../src/timing/spin.ts';

const MS = 1e6;

/** Starting took until 20 ms; the last look was at 900 ms, the sleep behind it began at 910 ms, the end was seen at 1000 ms. */
function parts(usedMs: { started?: number; lastWait?: number; end?: number } = {}): OwnParts {
  const at = (ms: number, used: number) => ({ atNs: ms * MS, usedNs: used * MS, cpu: 0 });
  const { started = 5, lastWait = 15, end = 16 } = usedMs;
  return {
    start: at(0, 0),
    started: at(20, started),
    lastLook: at(900, 6),
    lastWait: at(910, lastWait),
    end: at(1000, end),
  };
}

/** A program whose main thread never waited for a CPU. */
function ran(firstInNs: number, processEndNs: number, waited: Partial<ProgramSpan> = {}): ProgramSpan {
  return { firstInNs, processEndNs, startRunQueueNs: 0, endRunQueueNs: 0, runQueueNs: 0, ...waited };
}

describe('criticalOwnSteal()', () => {
  test('takes for steal what was neither used at the start nor behind the end', () => {
    // 15 ms − 5 ms − 1 ms before the first instant, 50 ms − 1 ms − 1 ms behind the end.
    expect(criticalOwnSteal(parts(), ran(15 * MS, 950 * MS))).toEqual({
      lowNs: 9 * MS + 48 * MS,
      highNs: 65 * MS,
    });
  });

  test('counts the last look where the program ended during it', () => {
    expect(criticalOwnSteal(parts(), ran(5 * MS, 905 * MS))).toEqual({ lowNs: 84 * MS, highNs: 100 * MS });
  });

  test('is nothing where the program waited for its first CPU, and for the one on which it ended', () => {
    const waited = { startRunQueueNs: 12 * MS, endRunQueueNs: 49 * MS, runQueueNs: 70 * MS };
    expect(criticalOwnSteal(parts(), ran(15 * MS, 950 * MS, waited)).lowNs).toBe(0);
    expect(criticalOwnSteal(parts(), ran(5 * MS, 905 * MS, waited)).lowNs).toBe(14 * MS);
  });

  test('is nothing where everything was used', () => {
    expect(criticalOwnSteal(parts({ started: 15, end: 65 }), ran(15 * MS, 950 * MS)).lowNs).toBe(0);
  });
});

describe('openOwnLedger()', () => {
  test('counts what this thread uses', () => {
    const libc = openLibc();
    if (!libc.available) throw new Error(libc.reason);
    const ledger = openOwnLedger(libc.value, followClocks(libc.value));
    if (!ledger.available) return expect(ledger).toEqual(unavailable(expect.stringContaining('schedstat')));
    using own = ledger.value;
    const startMs = performance.now();
    const before = own.read();
    spinNs(20 * MS);
    const after = own.read();
    expect(after.usedNs - before.usedNs).toBeGreaterThan(10 * MS);
    expect(after.usedNs - before.usedNs).toBeLessThan((performance.now() - startMs) * MS);
    expect(after.cpu).toBeGreaterThanOrEqual(0);
  });
});
