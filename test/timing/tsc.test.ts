import { expect, test } from 'vitest';
import { openStampClock } from '../../src/timing/open-stamp-clock.ts';
import { openTsc, statedTscHz } from '../../src/timing/tsc.ts';
import { cpuidOf, named, none } from './cpuid-fixture.ts';

const tsc = openTsc();
if (!tsc.available) console.warn(`tsc: instruction tests are skipped: ${tsc.reason}`);

test.skipIf(!tsc.available)('openTsc() reads a counter that never runs backwards and keeps its rate', () => {
  const stamp = openStampClock({ clock: 'CLOCK_MONOTONIC_RAW' });
  if (!tsc.available || !stamp.available) throw new Error('no clocks');
  const { read } = tsc.value;
  const { nowNs } = stamp.value;
  const rate = (): number => {
    const [cycles, ns] = [read(), nowNs()];
    let last = cycles;
    while (nowNs() - ns < 20e6) {
      const next = read();
      expect(next).toBeGreaterThan(last);
      last = next;
    }
    return (read() - cycles) / (nowNs() - ns);
  };
  const rates = [rate(), rate(), rate(), rate(), rate()].sort((a, b) => a - b);
  // The middle one: what is interrupted between two readings is off.
  expect((rates[3] as number) / (rates[1] as number)).toBeLessThan(1.2);
  expect(rates[2]).toBeGreaterThan(0.2);
  expect(rates[2]).toBeLessThan(20);
});

test('statedTscHz() believes the hypervisor before the crystal, and nobody who states nothing', () => {
  const crystal = { 0: { ...none, eax: 0x16 }, 21: { eax: 2, ebx: 168, ecx: 25e6, edx: 0 } };
  const guest = {
    1073741824: { ...named('KVMKVMKVM'), eax: 0x40000010 },
    1073741840: { ...none, eax: 2_596_096 },
  };
  expect(statedTscHz(cpuidOf({ ...crystal, ...guest }))).toEqual({ available: true, value: 2_596_096_000 });
  expect(statedTscHz(cpuidOf(crystal))).toEqual({ available: true, value: 2.1e9 });
  const hyperV = { ...guest, 1073741824: { ...named('Microsoft Hv'), eax: 0x40000082 } };
  expect(statedTscHz(cpuidOf(hyperV)).available).toBe(false);
  expect(
    statedTscHz(cpuidOf({ 0: { ...none, eax: 0x16 }, 21: { ...none, eax: 2, ebx: 168 } })).available,
  ).toBe(false);
});
