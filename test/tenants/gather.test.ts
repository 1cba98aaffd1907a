import { describe, expect, it, vi } from 'vitest';
import { gather, type Release } from '../../src/tenants/gather.ts';

const LONG_NS = 3600e9;

function gathering(count: number, limitNs = LONG_NS) {
  const abort = new AbortController();
  const went: number[] = [];
  const one = gather(count, { limitNs, signal: abort.signal, now: () => 42 });
  const arrive = (member: number): void => one.arrive(member, () => went.push(member));
  return { ...one, arrive, abort, went };
}

/** Whether the promise has resolved, once everything that can has. */
async function isReleased(released: Promise<Release>): Promise<boolean> {
  const pending = Symbol('pending');
  const first = await Promise.race([released, new Promise((resolve) => setImmediate(resolve, pending))]);
  return first !== pending;
}

describe('gather()', () => {
  it('holds all until the last one is there, and lets them go at once', async () => {
    const { arrive, released, went } = gathering(3);
    arrive(2);
    arrive(0);
    expect(await isReleased(released)).toBe(false);
    expect(went).toEqual([]);
    arrive(1);
    expect(await released).toEqual({ atNs: 42, met: [0, 1, 2], late: [], isStopped: false });
    expect(went.sort()).toEqual([0, 1, 2]);
  });

  it('does not wait for one that died before it came', async () => {
    const { arrive, leave, released, went } = gathering(3);
    arrive(0);
    leave(1);
    arrive(2);
    expect(await released).toMatchObject({ met: [0, 2], late: [] });
    expect(went).toEqual([0, 2]);
  });

  it('does not count one that died while it waited', async () => {
    const { arrive, leave, released, went } = gathering(2);
    arrive(0);
    leave(0);
    arrive(1);
    expect(await released).toMatchObject({ met: [1], late: [] });
    expect(went).toEqual([1]);
  });

  it('ends where all died', async () => {
    const { leave, released } = gathering(2);
    leave(0);
    leave(1);
    expect(await released).toMatchObject({ met: [], late: [] });
  });

  it('goes on without one that hangs, names it, and does not let it in later', async () => {
    vi.useFakeTimers();
    const { arrive, released, went } = gathering(2, 5e9);
    arrive(1);
    vi.advanceTimersByTime(4999);
    expect(went).toEqual([]);
    vi.advanceTimersByTime(1);
    vi.useRealTimers();
    expect(await released).toMatchObject({ met: [1], late: [0], isStopped: false });
    arrive(0);
    expect(went).toEqual([1]);
  });

  it('lets everybody go when the user stops, at once or from the beginning', async () => {
    const { arrive, released, went, abort } = gathering(2);
    arrive(0);
    abort.abort();
    expect(await released).toMatchObject({ met: [0], late: [1], isStopped: true });
    expect(went).toEqual([0]);
    const late = gather(1, { limitNs: LONG_NS, signal: abort.signal, now: () => 7 });
    expect(await late.released).toEqual({ atNs: 7, met: [], late: [0], isStopped: true });
  });
});
