import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import type { CaseResult, Report } from '../../src/report/report.ts';
import { reportWarnings } from '../../src/report/report-warnings.ts';
import { renderTable } from '../../src/report/table.ts';
import { softwareDevice } from './sample-device.ts';
import {
  around,
  caseResult,
  caseRun,
  failedCase,
  fiveRuns,
  sampleColumns,
  sampleReport,
  skippedCase,
} from './sample-report.ts';

const GOOD = caseResult();
const LATENCY = caseResult({
  id: 'submit-dispatch',
  kind: 'latency',
  bytes: null,
  items: 1,
  runs: fiveRuns({ iterations: 1, samples: sampleColumns(around(5e3, 40, 0.02)) }),
});
const unknown = Array(20).fill(null);
const POOR = caseResult({
  id: 'sgemm-tiled[size=1Ki]',
  flops: 2 * 1024 ** 3,
  runs: [
    caseRun({
      stopReason: 'max-time',
      samples: sampleColumns(around(5e6, 20, 0.3), { stealLowNs: unknown, stealHighNs: unknown }),
    }),
  ],
});
const PENDING: CaseResult = {
  ...GOOD,
  id: 'reduce-sum',
  status: 'pending',
  metrics: [],
  warnings: [],
  runs: [],
};
const ALL = [GOOD, LATENCY, POOR, failedCase(), skippedCase(), PENDING];

const plain = (report: Report, width = 80): string => renderTable(report, { width, color: false });
const onSoftware = (results: readonly CaseResult[]): Report => {
  const report = sampleReport({ device: available(softwareDevice()), results });
  return { ...report, warnings: reportWarnings(report) };
};

describe('renderTable()', () => {
  it('shows the device, the tier with its reason, the cost of the tool, and one row a case', () => {
    expect(
      renderTable(sampleReport({ results: [GOOD, LATENCY] }), {
        width: 100,
        color: false,
        reportPath: 'out.json',
      }),
    ).toMatchInlineSnapshot(`
      "device     Example GPU 9000 (discrete-gpu), 80.0 GiB of device-local memory, Vulkan 1.3.277, driver
                 EXAMPLE 550.54.15, at 0000:01:00.0
      machine    KVM; container unknown (no sign of a container, and /proc/self/ns: no namespace can be
                 read); device: passthrough, a whole device given to this guest
      timing     tier A, steal measured: CONFIG_PARAVIRT_TIME_ACCOUNTING=y; KVM offers a steal clock
                 (CPUID 0x40000001 EAX bit 5)
      stolen     from W − C − R of unblocked segments to the steal of the CPUs in /proc/stat plus one tick
      tool cost  snapshot 1.20 µs, stamp 61.0 ns, empty submit 6.60 µs of CPU time
      ledger     around each sample, outside of its time: 2.40 µs, which is 9.6 % of the shortest
                 (submit-dispatch, 25.0 µs); within each throughput sample: 900 ns, which is 0.02 % of the
                 shortest (copy[n=16Mi,WORKGROUP_SIZE=256], 4.02 ms)

      case                                 GPU time      wall time      rate   stolen  ok
                                                     without steal
      copy[n=16Mi,WORKGROUP_SIZE=256]  401 µs ±0.3%   403 µs ±0.3%  335 GB/s  0–0.04%  ✓
                                                        400–405 µs

      latencies
             p5   median      p95      p99      max  of which  CPU    run  stolen  switches  ok
                                                         ours       queue          a sample
      submit-dispatch
        24.9 µs  25.0 µs  25.1 µs  25.1 µs  25.1 µs         –  96%     0%  0–5.6%         0  ✓
        submit 5.00 µs, queue 6.00 µs, device 5.00 µs, wake-up 9.00 µs

      Report: out.json
      "
    `);
  });

  it('fits 80 columns by breaking ids, and tells what went wrong under the row', () => {
    expect(plain(sampleReport({ results: ALL }))).toMatchInlineSnapshot(`
      "device     Example GPU 9000 (discrete-gpu), 80.0 GiB of device-local memory,
                 Vulkan 1.3.277, driver EXAMPLE 550.54.15, at 0000:01:00.0
      machine    KVM; container unknown (no sign of a container, and /proc/self/ns: no
                 namespace can be read); device: passthrough, a whole device given to
                 this guest
      timing     tier A, steal measured: CONFIG_PARAVIRT_TIME_ACCOUNTING=y; KVM offers
                 a steal clock (CPUID 0x40000001 EAX bit 5)
      stolen     from W − C − R of unblocked segments to the steal of the CPUs in
                 /proc/stat plus one tick
      tool cost  snapshot 1.20 µs, stamp 61.0 ns, empty submit 6.60 µs of CPU time
      ledger     around each sample, outside of its time: 2.40 µs, which is 9.6 % of
                 the shortest (submit-dispatch, 25.0 µs); within each throughput
                 sample: 900 ns, which is 0.02 % of the shortest
                 (copy[n=16Mi,WORKGROUP_SIZE=256], 4.02 ms)

      case                          GPU time      wall time          rate   stolen  ok
                                              without steal
      copy[n=16Mi,              401 µs ±0.3%   403 µs ±0.3%      335 GB/s  0–0.04%  ✓
      WORKGROUP_SIZE=256]                        400–405 µs
      sgemm-tiled[size=1Ki]      497 µs ±13%    499 µs ±13%      270 GB/s  unknown  ✓
                                                 427–557 µs  4.32 TFLOP/s
        see below: one-run, not-converged, unstable
      sgemm-tiled[n=1Ki]              FAILED
        in 1 of 2 runs: Cannot trust this case: its output is wrong before timing:
        c[17] is 3.5 and not 3.25; the kernel, its reference or the device is at
        fault; nothing is reported as a time
      triad[n=256Mi]                 skipped
        buffer "a" takes 1024 MiB and the device allows 128 MiB
        (maxStorageBufferRange)
      reduce-sum                     not run

      latencies
         median      p95      p99      max  of which  CPU    run  stolen  switches  ok
                                                ours       queue          a sample
      submit-dispatch
        25.0 µs  25.1 µs  25.1 µs  25.1 µs         –  96%     0%  0–5.6%         0  ✓
        submit 5.00 µs, queue 6.00 µs, device 5.00 µs, wake-up 9.00 µs

      one-run        sgemm-tiled[size=1Ki]: one run: its interval says nothing about
                     other runs
                     → use --runs 5 or more before comparing with another result
      not-converged  sgemm-tiled[size=1Ki]: 1 of 1 runs ran out of time before the
                     median was known to 1 %
                     → raise --max-time, or quieten the machine
      unstable       sgemm-tiled[size=1Ki]: gpuTime is known to ± 13 % only
                     → use more --runs, raise --min-time, and stop other work on this
                     machine and, where you can, on its host
      "
    `);
  });

  it('says "unknown" where steal was not measured, and 0 only where it was', () => {
    const rowOf = (result: CaseResult): string =>
      plain(sampleReport({ results: [result] }), 160)
        .split('\n')
        .find((line) => line.startsWith(result.id)) ?? '';
    expect(rowOf(POOR)).toContain('unknown');
    expect(rowOf(POOR)).not.toContain('0–');
    const zero = sampleColumns(around(4e6, 20), {
      stealLowNs: Array(20).fill(0),
      stealHighNs: Array(20).fill(0),
    });
    expect(rowOf(caseResult({ runs: fiveRuns({ samples: zero }) }))).toMatch(/ 0% {2}✓$/);
  });

  it('says on the device line, over the column and on every row that a software device is no GPU', () => {
    const table = plain(onSoftware(ALL), 120);
    expect(table).toContain('SOFTWARE DEVICE, no GPU: llvmpipe');
    expect(table).toContain('SOFTWARE time');
    expect(table).not.toContain('GPU time  ');
    for (const { id } of ALL) expect(table).toContain(`${id} (software)`);
  });

  it('shows no tick where a run was not compared with the reference', () => {
    const unverified = caseResult({ runs: fiveRuns({ verifiedAfter: 0 }) });
    expect(plain(sampleReport({ results: [unverified] }))).not.toContain('✓');
    expect(plain(sampleReport({ results: [GOOD] }))).toContain('✓');
  });

  it('shows no interval of a single sample', () => {
    const single = caseResult({ runs: [caseRun({ samples: sampleColumns([4e6]) })] });
    expect(plain(sampleReport({ results: [single] }))).not.toContain('±');
  });

  it('names a warning that all cases have once, and not on every row', () => {
    const results = [GOOD, POOR].map((one) => ({
      ...one,
      warnings: [{ id: 'one-run', message: 'one run', advice: 'use --runs 5' }],
    }));
    const table = plain(sampleReport({ results }));
    expect(table).toContain('all 2 cases: one run');
    expect(table).not.toContain('see below');
  });

  it('says what is unknown, and why, where not even a device was opened', () => {
    const none = unavailable('no Vulkan driver');
    const table = plain(
      sampleReport({
        device: none,
        clocks: none,
        binding: none,
        results: [],
        status: 'partial',
        statusReason: 'no device',
      }),
    );
    expect(table).toMatchInlineSnapshot(`
      "device     unknown: no Vulkan driver
      machine    KVM; container unknown (no sign of a container, and /proc/self/ns: no
                 namespace can be read); device: passthrough, a whole device given to
                 this guest
      timing     unknown: no Vulkan driver
      tool cost  snapshot and stamp unknown, empty submit unknown (no Vulkan driver)
      status     partial: no device

      No case was run.
      "
    `);
  });

  it('writes no escape code unless asked, not even one that a driver brought', () => {
    const device = { ...softwareDevice(), name: 'evil\u001b[31m\u0007' };
    const table = plain(sampleReport({ device: available(device), results: ALL }));
    for (const code of ['\u001b', '\u0007']) expect(table).not.toContain(code);
    expect(renderTable(sampleReport({ results: ALL }), { width: 80, color: true })).toContain('\u001b[');
  });

  it('is the same text with colours as without, apart from the colours', () => {
    const report = onSoftware(ALL);
    const colored = stripVTControlCharacters(renderTable(report, { width: 80, color: true }));
    const trimmed = (text: string): string => text.replaceAll(/ +$/gm, '');
    expect(trimmed(colored)).toBe(trimmed(plain(report)));
  });

  it('is never wider than the terminal', () => {
    const id = fc.array(fc.constantFrom('copy', '[', 'n=16Mi', ',', 'WORKGROUP_SIZE=256', ']', 'x'), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.array(
          id.map((parts) => parts.join('')),
          { maxLength: 5 },
        ),
        fc.integer({ min: 80, max: 200 }),
        fc.boolean(),
        (ids, width, software) => {
          const results = ids.map((name, i) => ({ ...(ALL[i % ALL.length] as CaseResult), id: name }));
          const report = software ? onSoftware(results) : sampleReport({ results });
          for (const line of plain(report, width).split('\n'))
            expect(displayWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
