import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { notWatching, startStallSidecar } from '../../src/isolation/stall-sidecar.ts';
import { openStampClock } from '../../src/timing/open-stamp-clock.ts';
import { verdictA } from '../timing/verdicts.ts';

describe('startStallSidecar()', () => {
  const stamp = openStampClock();
  if (!stamp.available) throw new Error(stamp.reason);
  const clocks = { stamp: stamp.value, verdict: verdictA };

  it('watches on the scale of the session’s stamps', async () => {
    const sidecar = await startStallSidecar(clocks, unavailable('not known'));
    if (!sidecar.record.available) {
      expect(sidecar.record.reason).toContain('allowed');
      return;
    }
    const beforeNs = stamp.value.nowNs();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await sidecar.stop();
    const stalls = sidecar.read();
    if (!stalls.available) throw new Error(stalls.reason);
    for (const { startNs } of stalls.value) expect(Math.abs(startNs - beforeNs)).toBeLessThan(60e9);
    expect(sidecar.record.value.turnNs).toBeGreaterThan(0);
  });

  it('gives the reason where there is no CPU to spare', async () => {
    const sidecar = await startStallSidecar(clocks, available([]));
    expect(sidecar.record).toMatchObject({ reason: expect.stringContaining('no CPU is allowed') });
    expect(sidecar.read().available).toBe(false);
    await sidecar.stop();
  });

  it('stands still where nobody asked for it', () => {
    expect(notWatching('--stalls was not given').read()).toEqual(unavailable('--stalls was not given'));
  });
});
