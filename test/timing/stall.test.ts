import { expect, it } from 'vitest';
import { causeOf, emptyHole, STALL_CAUSES, stallOf } from '../../src/timing/stall.ts';

const rules = { gapIsSteal: true, gapIncludesIrq: false, interruptNs: 250e3 };
const hole = { ...emptyHole(), ledgerKnown: true, durationNs: 1e6 };

it('causeOf() names a hole after its largest part, and only a proved one steal', () => {
  expect(causeOf({ ...hole, cpuNs: 4e5, runQueueNs: 5e5, stealAndBlockedNs: 1e5 }, 'no', rules)).toBe(
    'run-queue',
  );
  expect(causeOf({ ...hole, cpuNs: 3e5, runQueueNs: 3e5, stealAndBlockedNs: 4e5 }, 'no', rules)).toBe(
    'steal',
  );
  expect(causeOf({ ...hole, stealAndBlockedNs: 1e6 }, 'yes', rules)).toBe('blocked');
  expect(causeOf({ ...hole, stealAndBlockedNs: 1e6 }, 'unknown', rules)).toBe('unattributed');
  expect(causeOf({ ...hole, stealAndBlockedNs: 1e6 }, 'no', { ...rules, gapIsSteal: false })).toBe(
    'unattributed',
  );
});

it('causeOf() calls what is charged as CPU time an interrupt up to the limit', () => {
  expect(causeOf({ ...hole, cpuNs: 250e3 }, 'no', rules)).toBe('interrupt');
  expect(causeOf({ ...hole, cpuNs: 251e3 }, 'no', rules)).toBe('unattributed');
});

it('causeOf() goes by the length alone where there is no ledger', () => {
  const unknown = { ...hole, ledgerKnown: false };
  expect(causeOf({ ...unknown, durationNs: 1e5 }, 'no', rules)).toBe('interrupt');
  expect(causeOf(unknown, 'no', rules)).toBe('unattributed');
});

it('stallOf() keeps what the ledger says, or that it says nothing', () => {
  const cause = STALL_CAUSES.indexOf('blocked');
  expect(stallOf({ ...hole, cause, stealAndBlockedNs: 1e6 })).toMatchObject({
    durationNs: 1e6,
    cause: 'blocked',
    ledger: { available: true, value: { stealAndBlockedNs: 1e6 } },
  });
  expect(stallOf({ ...hole, ledgerKnown: false }).ledger.available).toBe(false);
});
