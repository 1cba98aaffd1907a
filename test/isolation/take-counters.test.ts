// Counters of this machine, taken in real processes, and real harm done to those.
import { describe, expect, it } from 'vitest';
import { COUNTER_GROUPS } from '../../src/counters/counter-groups.ts';
import { takeCountersInChild } from '../../src/isolation/take-counters.ts';
import { childOf, until } from '../e2e/guestmark.ts';

const never = (): AbortSignal => new AbortController().signal;
const LONG_NS = 600e9;

describe('takeCountersInChild()', () => {
  it('gives every group of this machine, here or not, with what a process uses anyway', async () => {
    const { spanNs, groups } = await takeCountersInChild(50e6, never());
    expect(spanNs).toBeGreaterThanOrEqual(49e6);
    expect(groups.map(({ id }) => id)).toEqual(COUNTER_GROUPS.map(({ id }) => id));
    for (const { id, counters, readNs } of groups) {
      if (!counters.available) expect(counters.reason, id).toMatch(/\S/);
      else expect(readNs, id).toBeGreaterThanOrEqual(0);
    }
    const own = groups.find(({ id }) => id === 'process')?.counters;
    const cpuTime = own?.available && own.value.find(({ name }) => name === 'process:cpu_time');
    expect(cpuTime).toMatchObject({ unit: 'ns', value: { available: true } });
  });

  it('ends the wait when somebody interrupts, and tells what moved until then', async () => {
    const interrupt = new AbortController();
    const startMs = performance.now();
    const taken = takeCountersInChild(LONG_NS, interrupt.signal);
    await until(() => childOf(process.pid) !== null);
    interrupt.abort();
    const { spanNs, groups } = await taken;
    expect(spanNs / 1e6).toBeLessThan(performance.now() - startMs);
    expect(groups.some(({ counters }) => counters.available)).toBe(true);
  });

  it('does not wait where somebody has interrupted before it began', async () => {
    const { spanNs } = await takeCountersInChild(LONG_NS, AbortSignal.abort());
    expect(spanNs).toBeLessThan(LONG_NS / 10);
  });

  it('opens nothing and waits for nothing where a pattern can name nothing', async () => {
    const { spanNs, groups } = await takeCountersInChild(LONG_NS, never(), ['nett', 'nope:*']);
    expect(spanNs).toBeLessThan(LONG_NS / 10);
    for (const { counters } of groups) expect(counters).toMatchObject({ reason: 'it was not asked for' });
  });

  it('says how the process ended that a library took down', async () => {
    const taken = takeCountersInChild(LONG_NS, never());
    await until(() => childOf(process.pid) !== null);
    process.kill(childOf(process.pid) as number, 'SIGSEGV');
    await expect(taken).rejects.toMatchObject({
      code: 'crash',
      message: expect.stringMatching(/^Cannot read the counters: the process was ended by SIGSEGV/),
      hint: expect.stringContaining('library'),
    });
  });
});
