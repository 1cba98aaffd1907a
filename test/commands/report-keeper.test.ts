// The report on disk while a run goes on: kept, but never so often that saving is much of the run.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reportKeeper } from '../../src/commands/report-keeper.ts';
import type { Report } from '../../src/report/report.ts';
import { sampleReport } from '../report/sample-report.ts';

const SAVING_MS = 100;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guestmark-keeper-'));
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

/** A report that takes a while to make. */
const slowly = (startedAt: string) => (): Report => {
  vi.advanceTimersByTime(SAVING_MS);
  return sampleReport({ startedAt });
};

describe('reportKeeper()', () => {
  it('saves the first state at once, and then waits as long as 19 savings would take', () => {
    const path = join(folder, 'report.json');
    const saved = (): string => JSON.parse(readFileSync(path, 'utf8')).startedAt;
    const keeper = reportKeeper(path, { note: vi.fn() });
    keeper.keep(slowly('first'));
    expect(saved()).toBe('first');
    vi.advanceTimersByTime(18 * SAVING_MS);
    const tooEarly = vi.fn(slowly('second'));
    keeper.keep(tooEarly);
    expect(tooEarly).not.toHaveBeenCalled();
    vi.advanceTimersByTime(SAVING_MS);
    keeper.keep(slowly('third'));
    expect(saved()).toBe('third');
    expect(keeper.finish(sampleReport({ startedAt: 'last' }))).toBe(true);
    expect(saved()).toBe('last');
  });

  it('saves what is left over when nothing comes after it, and where it is asked to', () => {
    const path = join(folder, 'report.json');
    const saved = (): string => JSON.parse(readFileSync(path, 'utf8')).startedAt;
    const keeper = reportKeeper(path, { note: vi.fn() });
    keeper.keep(slowly('first'));
    keeper.keep(slowly('second'));
    vi.advanceTimersByTime(19 * SAVING_MS + 9999);
    expect(saved()).toBe('first');
    vi.advanceTimersByTime(1);
    expect(saved()).toBe('second');
    keeper.keep(slowly('third'));
    keeper.flush();
    expect(saved()).toBe('third');
    const again = vi.fn(slowly('never'));
    keeper.flush();
    vi.advanceTimersByTime(60e3);
    keeper.keep(slowly('fourth'));
    keeper.keep(again);
    keeper.keep(slowly('fifth'), 'now');
    vi.advanceTimersByTime(60e3);
    expect(again).not.toHaveBeenCalled();
    expect(saved()).toBe('fifth');
  });

  it('goes on where the disk does not take it, and says so once', () => {
    const note = vi.fn();
    const keeper = reportKeeper(join(folder, 'missing', 'report.json'), { note });
    keeper.keep(slowly('first'));
    vi.advanceTimersByTime(60e3);
    keeper.keep(slowly('second'));
    expect(note).toHaveBeenCalledTimes(1);
  });
});
