import { MessageChannel } from 'node:worker_threads';
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
    // The limit is over after ten, and the look behind it comes at once.
    vi.advanceTimersByTime(11);
    expect(bite).toHaveBeenCalledOnce();
  });

  it('waits for a limit that setTimeout() cannot express', () => {
    const bite = vi.fn();
    using _ = startWatchdog(1000 * 3600e9, bite);
    vi.advanceTimersByTime(2 ** 31 - 2);
    expect(bite).not.toHaveBeenCalled();
  });

  it('grants the limit again where this process was stopped while the limit ended', () => {
    const bite = vi.fn();
    const watchdog = startWatchdog(100e6, bite);
    // The clock goes on and no timer fires: as behind SIGSTOP and SIGCONT.
    const nowMs = performance.now();
    const clock = vi.spyOn(performance, 'now').mockReturnValue(nowMs + 5000);
    vi.advanceTimersByTime(100);
    expect([bite.mock.calls.length, watchdog.bitten()]).toEqual([0, false]);
    clock.mockRestore();
    vi.advanceTimersByTime(6000);
    expect(bite).toHaveBeenCalledOnce();
  });

  it('reads what has come already before it bites', async () => {
    vi.useRealTimers();
    const bite = vi.fn();
    // Its message lies in the pipe when the timer fires.
    const { port1, port2 } = new MessageChannel();
    using watchdog = startWatchdog(30e6, bite);
    port2.on('message', () => watchdog.restart(60e9));
    setTimeout(() => port1.postMessage('restart'), 29);
    const endMs = performance.now() + 29;
    await new Promise((resolve) => setTimeout(resolve, 28));
    while (performance.now() < endMs + 20);
    await new Promise((resolve) => setTimeout(resolve, 20));
    port1.close();
    expect([bite.mock.calls.length, watchdog.bitten()]).toEqual([0, false]);
  });

  it('never bites once it is disposed', () => {
    const bite = vi.fn();
    startWatchdog(10e6, bite)[Symbol.dispose]();
    vi.advanceTimersByTime(1000);
    expect(bite).not.toHaveBeenCalled();
  });
});
