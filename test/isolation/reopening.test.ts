import { describe, expect, it } from 'vitest';
import { reopening } from '../../src/isolation/reopening.ts';

const never = new AbortController().signal;

describe('reopening()', () => {
  it('allows one attempt a pause, after that pause, and no further one', async () => {
    const attempts = reopening(never, [30, 1]);
    const startMs = performance.now();
    expect(await attempts.again()).toBe(true);
    // Timers may fire up to a millisecond early.
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(29);
    expect(await attempts.again()).toBe(true);
    expect(await attempts.again()).toBe(false);
  });

  it('begins anew once the device was opened', async () => {
    const attempts = reopening(never, [1]);
    expect(await attempts.again()).toBe(true);
    attempts.succeeded();
    expect(await attempts.again()).toBe(true);
    expect(await attempts.again()).toBe(false);
  });

  it('does not try again once the user asks to stop, and does not hold the user up', async () => {
    const stop = new AbortController();
    const attempts = reopening(stop.signal, [60_000]);
    setTimeout(() => stop.abort(), 10);
    expect(await attempts.again()).toBe(false);
  });
});
