// Reports and their parts for tests, complete and valid. Figures are made up; nothing else is.
import { available, unavailable } from '../../src/base/availability.ts';
import type { CaseResult, Report } from '../../src/report/report.ts';
import { type SummaryOptions, summarizeCase } from '../../src/report/summarize-case.ts';
import type { CaseRun, SampleColumns, SparseColumn } from '../../src/suite/case-run.ts';
import { passedThrough } from './sample-attachment.ts';
import { deviceInfo } from './sample-device.ts';
import { sampleMachine } from './sample-machine.ts';

/** `count` values around `center` that differ by up to ± `spread` (a ratio), in a fixed order. */
export function around(center: number, count: number, spread = 0.01): number[] {
  // 0.618… spreads points evenly over an interval.
  return Array.from({ length: count }, (_, i) => center * (1 + spread * (2 * ((i * 0.618034) % 1) - 1)));
}

/** Columns of a quiet machine that knows its steal: wall = device time + 20 µs. */
export function sampleColumns(gpuNs: readonly number[], changes: Partial<SampleColumns> = {}): SampleColumns {
  const each = (value: (gpu: number, index: number) => number): number[] => gpuNs.map(value);
  const steady = (value: number | null): SparseColumn => gpuNs.map(() => value);
  return {
    startNs: each((gpu, index) => index * (gpu + 30_000)),
    wallNs: each((gpu) => gpu + 20_000),
    submitNs: each(() => 5_000),
    ledgerWallNs: each((gpu) => gpu + 22_000),
    cpuNs: each((gpu) => gpu + 21_000),
    runQueueNs: steady(0),
    throttledNs: steady(null),
    stealAndBlockedNs: steady(1_000),
    blockedNs: steady(0),
    stealLowNs: steady(0),
    stealHighNs: steady(1_500),
    voluntarySwitches: steady(0),
    ledgerBoundNs: steady(500),
    timeslices: steady(0),
    submitLedgerWallNs: steady(6_000),
    submitCpuNs: steady(6_000),
    startCpu: steady(0),
    endCpu: steady(0),
    workersCpuNs: steady(null),
    busiestWorkerCpuNs: steady(null),
    workersRunQueueNs: steady(null),
    workersDelayLowNs: steady(null),
    correctedLowNs: each((gpu) => gpu + 18_500),
    correctedHighNs: each((gpu) => gpu + 20_000),
    correctedFloorNs: gpuNs,
    gpuNs,
    deviceStartNs: each((gpu, index) => index * (gpu + 30_000) + 11_000),
    queueNs: steady(6_000),
    wakeUpNs: steady(9_000),
    notifyNs: steady(null),
    returnNs: steady(null),
    splitUncertaintyNs: steady(500),
    ...changes,
  };
}

/** A run that went well. */
export function caseRun(changes: Partial<CaseRun> = {}): CaseRun {
  return {
    run: 1,
    processStartedAt: null,
    status: 'ok',
    failure: null,
    skipReason: null,
    iterations: 10,
    waitMode: 'spin',
    warmUpSubmissions: 12,
    verifiedBefore: 1000,
    verifiedAfter: 1000,
    outputSha256: unavailable('the benchmark names no output that must repeat'),
    stopReason: 'converged',
    samples: sampleColumns(around(4e6, 30)),
    timestampFaults: [],
    steal: unavailable('no steal clock'),
    samplingSteal: unavailable('no steal clock'),
    stalls: unavailable('--stalls was not given'),
    caseWallNs: 900e6,
    external: unavailable('no external clock was asked for'),
    deviceClock: unavailable('the device clock was not read'),
    deviceState: unavailable('the device tells nothing of its clocks'),
    doubling: available({ axis: null, ratio: 2, pairs: 5 }),
    ownCost: unavailable('a throughput has none'),
    figures: [],
    interrupts: unavailable('a software device has none'),
    counters: available({
      spanNs: 850e6,
      costNs: 200e3,
      changes: [{ name: 'steal:cpu0', change: available(10e6), flags: [] }],
    }),
    notes: [],
    ...changes,
  };
}

/** Five runs that differ a little. */
export function fiveRuns(changes: Partial<CaseRun> = {}): CaseRun[] {
  return [1, 2, 3, 4, 5].map((run) =>
    caseRun({ run, samples: sampleColumns(around(4e6 + run * 4e3, 30)), ...changes }),
  );
}

/** What a benchmark says that says nothing more about itself. */
export const PLAIN: Pick<
  CaseResult,
  'category' | 'itemName' | 'showsItemTime' | 'flopType' | 'isRoof' | 'fitsStartUp'
> = {
  category: null,
  itemName: 'items',
  showsItemTime: false,
  flopType: 'f32',
  isRoof: false,
  fitsStartUp: null,
};

/** What figures depend on besides samples: a GPU beside two CPUs. */
export const SUMMARY: SummaryOptions = {
  seed: 1,
  timestampPeriodNs: 1,
  machine: { software: false, cpuCount: 2 },
};

/** A case with the metrics and warnings that follow from its runs. */
export function caseResult(changes: Partial<CaseResult> = {}): CaseResult {
  const measured = {
    id: 'copy[n=16Mi,WORKGROUP_SIZE=256]',
    benchmark: 'copy',
    axes: { n: 16 * 2 ** 20, WORKGROUP_SIZE: 256 },
    status: 'ok' as const,
    kind: 'throughput' as const,
    bytes: 128 * 2 ** 20,
    flops: null,
    items: 16 * 2 ** 20,
    ...PLAIN,
    thresholds: [],
    runs: fiveRuns(),
    ...changes,
  };
  return { ...measured, ...summarizeCase(measured, SUMMARY), ...changes };
}

const NOTHING = { samples: null, stopReason: null, verifiedBefore: 0, verifiedAfter: 0 } as const;

/** A case in which the first of two runs failed. */
export function failedCase(id = 'sgemm-tiled[n=1Ki]'): CaseResult {
  const failure = {
    kind: 'verification' as const,
    message: 'Cannot trust this case: its output is wrong before timing: c[17] is 3.5 and not 3.25',
    hint: 'the kernel, its reference or the device is at fault; nothing is reported as a time',
  };
  const failed = caseRun({ ...NOTHING, status: 'failed', failure });
  return caseResult({ id, benchmark: 'sgemm-tiled', status: 'failed', runs: [failed, caseRun({ run: 2 })] });
}

/** A case that the device cannot run. */
export function skippedCase(id = 'triad[n=256Mi]'): CaseResult {
  const skipReason = 'buffer "a" takes 1024 MiB and the device allows 128 MiB (maxStorageBufferRange)';
  const run = caseRun({ ...NOTHING, status: 'skipped', skipReason });
  return caseResult({ id, benchmark: 'triad', status: 'skipped', runs: [run] });
}

/** A complete report of one case. */
export function sampleReport(changes: Partial<Report> = {}): Report {
  return {
    schema: 'guestmark-report',
    schemaVersion: '1.5',
    tool: { name: 'guestmark', version: '0.1.0', node: 'v20.20.2' },
    command: {
      argv: ['run', 'copy'],
      selectors: ['copy'],
      suite: 'standard',
      axes: { n: [16 * 2 ** 20] },
      device: null,
      queueFamily: null,
      binding: 'auto',
      runs: 5,
      minTimeNs: 500e6,
      maxTimeNs: 5e9,
      timeoutNs: 60e9,
      seed: 1,
      wait: 'auto',
      pin: 'none',
      ledger: true,
      externalClock: null,
      stalls: false,
      counters: 'quiet',
      validate: false,
      memoryLimitBytes: null,
      processMemoryBytes: null,
      robustBufferAccess: false,
      verify: 'around',
      dumpOutputs: null,
    },
    startedAt: '2026-01-02T03:04:05.000Z',
    finishedAt: '2026-01-02T03:05:05.000Z',
    status: 'complete',
    statusReason: null,
    system: {
      hostname: 'guest-1',
      platform: 'linux',
      osRelease: available('Debian GNU/Linux 12 (bookworm)'),
      linuxRelease: '6.1.0',
      architecture: 'x64',
      cpuModel: available('Example CPU'),
      cpuCount: 2,
      memoryBytes: 8 * 2 ** 30,
      loadAverage: [0.1, 0.2, 0.3],
      clocksource: available('kvm-clock'),
      hypervisorPresent: available(true),
      driverVariables: { LP_NUM_THREADS: '2' },
    },
    machine: available(sampleMachine()),
    clocks: available({
      tier: 'A',
      tierTitle: 'steal measured',
      tierReason: 'CONFIG_PARAVIRT_TIME_ACCOUNTING=y; KVM offers a steal clock (CPUID 0x40000001 EAX bit 5)',
      stealBound: 'from W − C − R of unblocked segments to the steal of the CPUs in /proc/stat plus one tick',
      snapshotClock: 'koffi',
      wallClock: 'CLOCK_MONOTONIC_RAW',
      stampClock: 'CLOCK_MONOTONIC',
      pinnedCpu: unavailable('--pin none'),
      switchBias: available({ perBlockNs: 25_000, lowNs: 8_000, highNs: 46_000, waits: 20 }),
      workerThreads: 0,
      snapshotCostNs: 1200,
      briefCostNs: 900,
      snapshotWidthNs: 400,
      stampCostNs: 61,
      sources: [
        {
          name: 'switch ring, empty',
          scope: 'thread',
          counts: 'PERF_RECORD_SWITCH: a look for new context switches',
          measured: unavailable('perf_event_open: EPERM'),
        },
      ],
      stallWatch: unavailable('--stalls was not given'),
      nullWindows: available({ count: 200, p01Ns: -300, p50Ns: 120, p99Ns: 800 }),
      calibratedClock: available('CLOCK_MONOTONIC'),
      capabilities: {
        schedstat: { available: true, value: true, source: '/proc/thread-self/schedstat' },
        stealClock: unavailable('CPUID is not readable'),
      },
    }),
    device: available(deviceInfo()),
    attachment: available(passedThrough()),
    counters: [
      {
        id: 'steal',
        title: 'Time that the hypervisor took',
        counters: available([
          {
            name: 'steal:cpu0',
            unit: 'ns',
            kind: 'count',
            description: 'Time taken from CPU 0',
            source: '/proc/stat',
            step: 10e6,
            wrapBits: null,
            scale: 10e6,
          },
        ]),
      },
      {
        id: 'perf-hardware',
        title: 'Hardware events',
        counters: unavailable('the hypervisor offers no PMU'),
      },
    ],
    queueFamilyIndex: 0,
    binding: available({
      requested: 'auto',
      timedCalls: { vkQueueSubmit: 'koffi', vkWaitForFences: 'koffi' },
      library: 'libvulkan.so.1',
      note: null,
      emptySubmitCpuNs: available(6600),
    }),
    shaders: [],
    modules: [],
    resumed: [],
    processes: [
      {
        run: 1,
        pid: 4242,
        startedAt: '2026-01-02T03:04:05.000Z',
        wallNs: 9e9,
        exit: { code: null, signal: 'SIGKILL' },
        end: 'done',
        lastWords: '',
      },
    ],
    results: changes.results ?? [caseResult()],
    derived: [],
    series: [],
    warnings: [],
    validation: { enabled: false, messages: [] },
    ...changes,
  };
}
