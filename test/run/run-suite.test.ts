// Whole runs in real processes: the report grows, is kept, and is complete.
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CommandRecord, Report } from '../../src/report/report.ts';
import { runSuite, type SuiteListener, type SuiteProgress } from '../../src/run/run-suite.ts';
import { loadBenchmarks } from '../../src/suite/load.ts';
import { planCases } from '../../src/suite/plan.ts';

const COMMAND: CommandRecord = {
  argv: [],
  selectors: ['submit-dispatch', 'empty-submit'],
  suite: 'quick',
  axes: {},
  device: 'llvmpipe',
  queueFamily: null,
  binding: 'koffi',
  runs: 2,
  minTimeNs: 1e6,
  maxTimeNs: 20e6,
  timeoutNs: 30e9,
  seed: 1,
  wait: 'auto',
  validate: false,
  memoryLimitBytes: null,
  processMemoryBytes: null,
  robustBufferAccess: false,
  verify: 'around',
  dumpOutputs: null,
  pin: 'none',
  ledger: true,
  externalClock: null,
  stalls: false,
  counters: 'quiet',
};

async function run(
  command: Partial<CommandRecord>,
  listener: SuiteListener = {},
  modules: readonly string[] = [],
): Promise<Report> {
  const whole = { ...COMMAND, ...command };
  const cases = planCases(await loadBenchmarks(modules), { ...whole, suite: 'quick' });
  const tool = { name: 'guestmark', version: '0', node: process.version };
  return runSuite({ tool, command: whole, cases, modules, definitions: [], external: null }, listener, {
    environment: {},
    signal: new AbortController().signal,
  });
}

describe('runSuite()', () => {
  it('measures every case in every run, each run in a process of its own', async () => {
    const report = await run({});
    expect(report.status).toBe('complete');
    expect(report.processes.map(({ run: index }) => index)).toEqual([1, 2]);
    expect(new Set(report.processes.map(({ pid }) => pid)).size).toBe(2);
    for (const { status, runs } of report.results) {
      expect({ status, runs: runs.map(({ run: index }) => index) }).toEqual({ status: 'ok', runs: [1, 2] });
    }
  });

  it('tells a report after every case, in which what is missing is pending', async () => {
    const reports: Report[] = [];
    await run({ runs: 1 }, { onReport: (current) => reports.push(current()) });
    expect(reports.map(({ status }) => status)).toEqual(['running', 'running', 'complete']);
    const statuses = reports.map(({ results }) => results.map(({ status }) => status).sort());
    expect(statuses).toEqual([
      ['ok', 'pending'],
      ['ok', 'ok'],
      ['ok', 'ok'],
    ]);
  });

  it('tells progress only where somebody listens', async () => {
    const seen: SuiteProgress[] = [];
    const throughput = { selectors: ['copy[n=64Ki]', 'triad[n=64Ki]'], minTimeNs: 6e8, maxTimeNs: 6e8 };
    await run({ runs: 1, ...throughput }, { onProgress: (state) => seen.push(state) });
    expect(seen.some(({ phase, samples }) => phase === 'sampling' && samples > 0)).toBe(true);
    expect(seen.every(({ run: index, runs, cases }) => index === 1 && runs === 1 && cases === 2)).toBe(true);
  });

  it('does not wait again for a case that did not end, and says so', async () => {
    const module = pathToFileURL('test/fixtures/modules/broken.mjs').href;
    const command = { selectors: ['endless', 'good'], timeoutNs: 1e9 };
    const report = await run(command, {}, [module]);
    const [good, endless] = [...report.results].sort((a, b) => b.id.localeCompare(a.id));
    expect(good).toMatchObject({ status: 'ok', runs: [{ status: 'ok' }, { status: 'ok' }] });
    expect(endless).toMatchObject({
      status: 'failed',
      runs: [
        { status: 'failed', failure: { kind: 'timeout' } },
        { run: 2, status: 'skipped', skipReason: expect.stringContaining('in run 1') },
      ],
    });
  });

  it('fails a run whose output is not that of the first, on a real device', async () => {
    const module = pathToFileURL('test/fixtures/modules/changing.mjs').href;
    const report = await run({ selectors: ['changing', 'same'] }, {}, [module]);
    const [changing, same] = [...report.results].sort((a, b) => a.id.localeCompare(b.id));
    expect(same?.status).toBe('ok');
    expect(same?.runs[0]?.outputSha256).toEqual(same?.runs[1]?.outputSha256);
    expect(same?.runs[0]?.outputSha256.available).toBe(true);
    expect(changing?.runs.map(({ status }) => status)).toEqual(['ok', 'failed']);
    expect(changing?.runs[1]?.failure).toMatchObject({
      kind: 'verification',
      message: expect.stringContaining("its output differs from run 1's: the SHA-256 of y is"),
    });
  });

  it('rejects with the reason when the request cannot be met', async () => {
    await expect(run({ device: 'no such device' })).rejects.toMatchObject({ code: 'usage' });
    await expect(run({ queueFamily: 99 })).rejects.toMatchObject({ code: 'usage' });
  });
});
