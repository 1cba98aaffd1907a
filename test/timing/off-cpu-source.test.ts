// Real waits of this thread, split by its real context switches. Skipped where they cannot be recorded.
import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { openOffCpuSource } from '../../src/timing/off-cpu-source.ts';
import { openSnapshotClock } from '../../src/timing/open-snapshot-clock.ts';
import { blockedDuring } from './blocked-during.ts';
import { realTime } from './snapshot-clock.contract.ts';

using clock = openSnapshotClock().clock;
const probe = openOffCpuSource(clock);
if (probe.available) probe.value[Symbol.dispose]();

describe.runIf(probe.available)('openOffCpuSource()', () => {
  test('calibrates a bias between 0 and 200 µs per block', () => {
    if (!probe.available) return;
    const { perBlockNs, lowNs, highNs, waits } = probe.value.bias;
    expect(lowNs).toBeLessThanOrEqual(perBlockNs);
    expect(highNs).toBeGreaterThanOrEqual(perBlockNs);
    expect(perBlockNs).toBeGreaterThan(0);
    expect(perBlockNs).toBeLessThan(2e5);
    expect(waits).toBeGreaterThanOrEqual(8);
  });

  test('tells sleeping from running, and leaves little for steal', { retry: 2 }, () => {
    let inCallNs = 0;
    const { part, blockedNs } = blockedDuring(() => {
      for (let i = 0; i < 20; i++) {
        realTime.run(1e6);
        const startNs = process.hrtime.bigint();
        realTime.block(5e6);
        inCallNs += Number(process.hrtime.bigint() - startNs);
      }
    });
    expect(part.blocked).toBe('yes');
    expect(blockedNs).toBeGreaterThan(0.95 * 20 * 5e6);
    expect(blockedNs).toBeLessThan(inCallNs + part.boundNs + part.splitErrorNs);
    if (!part.stealAndBlockedNs.available) throw new Error(part.stealAndBlockedNs.reason);
    const stealNs = part.stealAndBlockedNs.value - blockedNs;
    expect(Math.abs(stealNs)).toBeLessThan(1e7);
    expect(part.stealNs).toMatchObject({ value: { meaning: 'charged' } });
  });

  test('records nothing while it is paused, and all again when resumed', () => {
    if (!probe.available) return;
    const opened = openOffCpuSource(clock, { bias: probe.value.bias });
    if (!opened.available) throw new Error(opened.reason);
    using source = opened.value;
    const blocksOf = (): number => {
      const span = source.newSpan();
      source.endSpan(span);
      for (let i = 0; i < 5; i++) realTime.block(1e6);
      source.endSpan(span);
      return span.blocks;
    };
    expect(blocksOf()).toBeGreaterThanOrEqual(5);
    source.pause();
    expect(source.recording).toBe(false);
    expect(blocksOf()).toBe(0);
    source.resume();
    expect(source.recording).toBe(true);
    expect(blocksOf()).toBeGreaterThanOrEqual(5);
  });

  test('calls being stopped blocked', { retry: 2 }, async () => {
    const stopper = spawn(
      'sh',
      ['-c', `echo ready; sleep 0.1; kill -STOP ${process.pid}; sleep 0.2; kill -CONT ${process.pid}`],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    await new Promise((resolve) => stopper.stdout.once('data', resolve));
    const ended = new Promise((resolve) => stopper.once('exit', resolve));
    const { part, blockedNs } = blockedDuring(() => realTime.run(5e8));
    await ended;
    expect(blockedNs).toBeGreaterThan(1.9e8);
    expect(blockedNs).toBeLessThan(4e8);
    expect(part.violation).toBeUndefined();
  });
});

test.skipIf(probe.available)('openOffCpuSource() says why it cannot record', () => {
  expect(probe).toMatchObject({ available: false, reason: expect.stringMatching(/\S/) });
});
