import { expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { calibrateSwitchBias, type SwitchBiasSources } from '../../src/timing/calibrate-switch-bias.ts';
import { openOffCpuLedger } from '../../src/timing/off-cpu.ts';
import { type SimulatedThreadOptions, simulateThread } from '../../src/timing/snapshot-simulated.ts';

function sourcesOf(options: SimulatedThreadOptions, wait?: SwitchBiasSources['wait']): SwitchBiasSources {
  const thread = simulateThread(options);
  return {
    clock: thread.clock,
    ledger: openOffCpuLedger(0, 'on'),
    drain: thread.drain,
    nowNs: thread.stamps.nowNs,
    wait: wait ?? ((durationMs) => thread.block(durationMs * 1e6)),
  };
}

test('calibrateSwitchBias() finds the bias of a thread whose bias is known', () => {
  expect(calibrateSwitchBias(sourcesOf({ switchBiasNs: 25_000 }))).toEqual(
    available({ perBlockNs: 25_000, lowNs: 25_000, highNs: 50_000, waits: 24 }),
  );
});

test('calibrateSwitchBias() gives a reason where no wait is undisturbed', () => {
  expect(calibrateSwitchBias(sourcesOf({}, () => {}))).toEqual(
    unavailable('only 0 of 24 waits were undisturbed: the bias of a switch is not known'),
  );
});

test('calibrateSwitchBias() needs the timeslice count', () => {
  const sources = sourcesOf({});
  const clock = { ...sources.clock, runQueue: unavailable('no schedstat') };
  expect(calibrateSwitchBias({ ...sources, clock })).toEqual(unavailable('no schedstat'));
});
