import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { startStallMonitor } from '../../src/timing/stall-monitor.ts';
import { verdictOf } from './verdicts.ts';

/** What passes while the event loop turns. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe('startStallMonitor()', () => {
  it('watches on a thread of its own until it is stopped, and keeps what it found', async () => {
    const started = await startStallMonitor({ avoidCpu: null, verdict: verdictOf('C') });
    if (!started.available) throw new Error(started.reason);
    const monitor = started.value;
    const before = monitor.stalls().length;
    await pause(300);
    await monitor.stop();
    await monitor.stop();
    const { startNs, endNs } = monitor.watched();
    expect(endNs - startNs).toBeGreaterThan(200e6);
    expect(monitor.failure()).toBeNull();
    const stalls = monitor.stalls();
    expect(stalls.length).toBeGreaterThanOrEqual(before);
    expect(stalls.length).toBe(monitor.sums().reduce((sum, { count }) => sum + count, 0) - monitor.dropped());
    for (const stall of stalls) {
      expect(stall.cause).not.toBe('steal');
      expect(stall.startNs).toBeGreaterThanOrEqual(startNs);
      expect(stall.durationNs).toBeGreaterThan(monitor.calibration.thresholdNs);
    }
    // Every timer tick is a hole.
    expect(monitor.histogram().reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(3);
  });

  it('stamps on the scale that it is given', async () => {
    const started = await startStallMonitor({
      avoidCpu: null,
      epochSeconds: Math.floor(process.hrtime()[0]) - 5,
    });
    if (!started.available) throw new Error(started.reason);
    await started.value.stop();
    expect(started.value.watched().startNs).toBeGreaterThan(5e9);
    expect(started.value.watched().startNs).toBeLessThan(60e9);
  });

  it('counts what nobody reads in time as dropped', async () => {
    const started = await startStallMonitor({ avoidCpu: null, thresholdNs: 1, capacity: 2 });
    if (!started.available) throw new Error(started.reason);
    // The shortest hole that it sees is a cache miss or two; some come within any second.
    while (started.value.dropped() === 0) await pause(10);
    await started.value.stop();
    expect(started.value.stalls()).toHaveLength(2);
  });

  it('does without koffi: then the thread cannot be pinned, and says so', async () => {
    const started = await startStallMonitor({ avoidCpu: null, prefer: 'pure-node' });
    if (!started.available) throw new Error(started.reason);
    await started.value.stop();
    expect(started.value).toMatchObject({
      cpu: { available: false },
      stampClock: 'CLOCK_MONOTONIC',
      snapshotClock: 'pure-node',
    });
    expect(await startStallMonitor({ avoidCpu: null, prefer: 'pure-node', cpu: 0 })).toMatchObject({
      reason: expect.stringContaining('cannot be pinned'),
    });
  });

  it('refuses the CPU of the measured thread', async () => {
    const refused = await startStallMonitor({ cpus: [0], avoidCpu: 0 });
    expect(refused).toMatchObject({ reason: expect.stringContaining('only CPU 0 is allowed') });
    expect(await startStallMonitor({ cpus: [0], avoidCpu: 0, prefer: 'pure-node' })).toMatchObject({
      available: false,
    });
    if (availableParallelism() < 2) return;
    const started = await startStallMonitor();
    if (!started.available) throw new Error(started.reason);
    await started.value.stop();
    expect(started.value.cpu.available).toBe(true);
  });
});
