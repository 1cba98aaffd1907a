import { expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { caseStalls } from '../../src/suite/case-stalls.ts';
import type { Stall } from '../../src/timing/stall.ts';
import { run, world } from './simulated-world.ts';

function stall(startNs: number, durationNs: number, cause: Stall['cause'] = 'unattributed'): Stall {
  return { startNs, durationNs, cause, ledger: unavailable('of no interest here') };
}

it('caseStalls() keeps what touches the span, with its onset since the start of the run', () => {
  const all = [stall(1000, 900), stall(1500, 600), stall(2900, 5000), stall(3000, 10)];
  const kept = caseStalls(available(all), { startNs: 2000, endNs: 3000 }, 1000);
  expect(kept).toMatchObject({ value: [{ startNs: 500 }, { startNs: 1900, durationNs: 5000 }] });
});

it('caseStalls() leaves out what concerns the watching CPU alone', () => {
  const causes = ['steal', 'run-queue', 'blocked', 'interrupt', 'unattributed'] as const;
  const all = causes.map((cause) => stall(100, 10, cause));
  const kept = caseStalls(available(all), { startNs: 0, endNs: 1000 }, 0);
  expect(kept.available && kept.value.map(({ cause }) => cause)).toEqual([
    'steal',
    'blocked',
    'unattributed',
  ]);
});

it('caseStalls() passes on why there are none', () => {
  expect(caseStalls(unavailable('one CPU'), { startNs: 0, endNs: 1 }, 0)).toEqual(unavailable('one CPU'));
});

it('runCase() keeps the stalls of its own span', async () => {
  const { session } = world();
  const stalls = () => available([stall(5, 10), stall(1e15, 10)]);
  const outcome = await run({ ...session, clocks: { ...session.clocks, stalls } });
  expect(outcome.stalls).toMatchObject({ value: [{ startNs: 5 }] });
});
