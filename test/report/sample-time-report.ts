// What `guestmark time` writes, as tests need it: one run on a machine that measures steal.
import { available, unavailable } from '../../src/base/availability.ts';
import { summarizeRuns } from '../../src/program/summarize-runs.ts';
import { TIME_SCHEMA_VERSION, type TimeReport } from '../../src/report/time-report.ts';
import { sampleRun } from '../program/sample-run.ts';

export function sampleTimeReport(overrides: Partial<TimeReport> = {}): TimeReport {
  const runs = [sampleRun()];
  return {
    schema: 'guestmark-time',
    schemaVersion: TIME_SCHEMA_VERSION,
    tool: { name: 'guestmark', version: '0.1.0', node: 'v20.20.2' },
    command: ['sleep', '1'],
    status: 'complete',
    wantedRuns: 1,
    tier: 'A',
    tierTitle: 'steal measured',
    tierReason: 'the kernel says so',
    stealBound: 'from what was charged to /proc/stat',
    switches: available('recorded by the kernel on 2 CPUs'),
    cpus: [0, 1],
    pin: unavailable('pinning was not asked for'),
    warmup: 0,
    runs,
    summary: summarizeRuns(runs),
    ...overrides,
  };
}
