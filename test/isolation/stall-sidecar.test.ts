import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { notWatching, startStallSidecar } from '../../src/isolation/stall-sidecar.ts';
import { openStampClock } from '../../src/timing/open-stamp-clock.ts';
import { threadIds, threadsSince } from '../../src/timing/thread-ids.ts';
import { openWorkerLedgers, workerTimes } from '../../src/timing/worker-ledgers.ts';
import { verdictA } from '../timing/verdicts.ts';

describe('startStallSidecar()', () => {
  const stamp = openStampClock();
  if (!stamp.available) throw new Error(stamp.reason);
  const clocks = { stamp: stamp.value, verdict: verdictA, workers: null };

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

  it('is no worker of a software device', async () => {
    const files = systemFiles();
    const before = threadIds(files);
    const find = (): readonly number[] => {
      const since = before.available ? threadsSince(files, before.value) : before;
      return since.available ? since.value : [];
    };
    using workers = openWorkerLedgers({ find, nowNs: stamp.value.nowNs, switches: false });
    const sidecar = await startStallSidecar({ ...clocks, workers }, unavailable('not known'));
    workers.rescan();
    const [from, to] = [workers.newReading(), workers.newReading()];
    workers.read(from);
    await new Promise((resolve) => setTimeout(resolve, 300));
    workers.read(to);
    await sidecar.stop();
    // The watch spins; Node's own threads, which were found as well, sleep.
    if (sidecar.record.available) expect(workerTimes(from, to, null).busiestCpuNs).toBeLessThan(50e6);
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
