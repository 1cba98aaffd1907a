// A run that is stopped (SIGSTOP, as by Ctrl-Z or a freezer) and goes on: nothing is lost, nobody is taken for hanging, and
// the ledger shows the pause as what it was.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import type { Report } from '../../src/report/report.ts';
import type { SampleColumns } from '../../src/suite/case-run.ts';
import { childOf, type Finished, start, temporaryFolder, until } from '../e2e/guestmark.ts';

const BASE = ['--module', 'test/fixtures/modules/marked.mjs', '--device', 'llvmpipe', '--counters', 'none'];

interface Stopped {
  readonly finished: Finished;
  readonly report: Report;
}

/** Runs `args`; lets `stop` choose whom to stop, once the case that `mark` names has begun, and lets them go on. */
async function runStopped(
  args: readonly string[],
  mark: string,
  pauseMs: number,
  stop: (parent: number, child: number) => readonly number[],
): Promise<Stopped> {
  using folder = temporaryFolder();
  const [out, marks] = [join(folder.path, 'r.json'), join(folder.path, 'marks')];
  const started = start(['run', ...args, ...BASE, '--out', out], { GUESTMARK_TEST_MARK: marks });
  await until(() => textOf(marks).includes(mark));
  const parent = started.child.pid as number;
  const child = childOf(parent) as number;
  const stopped = stop(parent, child);
  for (const pid of stopped) process.kill(pid, 'SIGSTOP');
  await until(() => stopped.every((pid) => /^State:\tT/m.test(textOf(`/proc/${pid}/status`))));
  await pause(pauseMs);
  for (const pid of stopped) process.kill(pid, 'SIGCONT');
  const finished = await started.finished;
  return { finished, report: parseReport(readFileSync(out, 'utf8'), out) };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const ends = ({ processes }: Report): readonly string[] => processes.map(({ end }) => end);
const statuses = ({ results }: Report): readonly string[] => results.map(({ status }) => status);

/** The sample that was hit, by column. */
function longest({ results }: Report): Record<string, number> {
  const samples = results[0]?.runs[0]?.samples as SampleColumns;
  const at = samples.wallNs.indexOf(Math.max(...samples.wallNs));
  const columns = Object.entries(samples).map(([name, column]) => [name, column?.[at] ?? Number.NaN]);
  return Object.fromEntries(columns);
}

describe('a stopped run', { timeout: 120_000 }, () => {
  it.each([
    ['its child is', 5000, (_: number, child: number) => [child]],
    ['child and parent are', 1500, (parent: number, child: number) => [parent, child]],
  ] as const)(
    'goes on when %s stopped for %i ms in a sample, which the ledger calls blocked, not stolen',
    async (_, pauseMs, stop) => {
      const args = ['stops-itself', '--runs', '1'];
      const { finished, report } = await runStopped(args, 'stopped', pauseMs, stop);
      expect({ code: finished.code, statuses: statuses(report), ends: ends(report) }).toEqual({
        code: 0,
        statuses: ['ok'],
        ends: ['done'],
      });
      const { wallNs, stealLowNs, stealAndBlockedNs, runQueueNs, voluntarySwitches, ...hit } =
        longest(report);
      expect(wallNs).toBeGreaterThan(0.95 * pauseMs * 1e6);
      // Off the CPU, and not in the queue for it; what is left beside steal is no longer known to be any.
      expect(runQueueNs).toBeLessThan(0.5 * pauseMs * 1e6);
      expect(stealAndBlockedNs).toBeGreaterThan(0.5 * pauseMs * 1e6);
      expect(voluntarySwitches).toBeGreaterThan(0);
      expect(stealLowNs).toBeLessThan(0.1e9);
      if (!Number.isNaN(hit.blockedNs)) expect(hit.blockedNs).toBeGreaterThan(0.9 * pauseMs * 1e6);
      const [run] = report.results[0]?.runs ?? [];
      expect(run?.stopReason).toBe('lasted');
    },
  );

  it('does not take its child for hanging when the parent was stopped for longer than the limit', async () => {
    // The limit of a case is 5 s more than --timeout: its child ends the case meanwhile and waits to be heard.
    const args = ['marked', '--runs', '1', '--min-time', '1ms', '--max-time', '20ms', '--timeout', '1s'];
    const { finished, report } = await runStopped(args, ' 1\n', 6500, (parent) => [parent]);
    expect({ code: finished.code, ends: ends(report) }).toEqual({ code: 0, ends: ['done'] });
    expect(statuses(report)).toEqual(Array(6).fill('ok'));
  });
});
