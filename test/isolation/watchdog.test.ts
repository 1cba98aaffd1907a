import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startWatchdog } from '../../src/isolation/watchdog.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('startWatchdog()', () => {
  it('bites once when it is not restarted', () => {
    const bite = vi.fn();
    const watchdog = startWatchdog(100e6, bite);
    vi.advanceTimersByTime(99);
    expect([bite.mock.calls.length, watchdog.bitten()]).toEqual([0, false]);
    vi.advanceTimersByTime(1000);
    expect([bite.mock.calls.length, watchdog.bitten()]).toEqual([1, true]);
  });

  it('waits anew after every restart', () => {
    const bite = vi.fn();
    const watchdog = startWatchdog(100e6, bite);
    for (let i = 0; i < 10; i++) {
      vi.advanceTimersByTime(90);
      watchdog.restart(100e6);
    }
    expect(bite).not.toHaveBeenCalled();
  });

  it('is not restarted any more once it was shortened', () => {
    const bite = vi.fn();
    const watchdog = startWatchdog(1000e6, bite);
    watchdog.shorten(50e6);
    vi.advanceTimersByTime(40);
    watchdog.restart(1000e6);
    vi.advanceTimersByTime(10);
    expect(bite).toHaveBeenCalledOnce();
  });

  it('waits for a limit that setTimeout() cannot express', () => {
    const bite = vi.fn();
    using _ = startWatchdog(1000 * 3600e9, bite);
    vi.advanceTimersByTime(2 ** 31 - 2);
    expect(bite).not.toHaveBeenCalled();
  });

  it('never bites once it is disposed', () => {
    const bite = vi.fn();
    startWatchdog(10e6, bite)[Symbol.dispose]();
    vi.advanceTimersByTime(1000);
    expect(bite).not.toHaveBeenCalled();
  });
});
