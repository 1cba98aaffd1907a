// Documents of `guestmark tenants` for tests, complete and valid. Figures are made up; what follows from them is computed.
import { available, unavailable } from '../../src/base/availability.ts';
import { groupFigures } from '../../src/tenants/group-figures.ts';
import { sharedWindow } from '../../src/tenants/shared-window.ts';
import type {
  Group,
  KillRecord,
  Phase,
  Scenario,
  TenantRun,
  TenantSamples,
  TenantsReport,
} from '../../src/tenants/tenants-report.ts';

/** Samples of one iteration back to back, each `ns` long, from `startNs` on; the device works all of the time but 10 µs. */
export function samplesOf(ns: number, count: number, startNs = 1e6): TenantSamples {
  const each = (value: (index: number) => number): number[] =>
    Array.from({ length: count }, (_, i) => value(i));
  // One in ten takes a tenth more, so that tails differ from medians.
  const wallNs = each((i) => (i % 10 === 9 ? 1.1 * ns : ns));
  return {
    startNs: each((i) => startNs + i * 1.2 * ns),
    wallNs,
    gpuNs: wallNs.map((wall) => wall - 10_000),
    ledgerWallNs: wallNs,
    runQueueNs: each(() => ns / 100),
    workersRunQueueNs: wallNs.map(() => null),
    stealLowNs: each(() => 0),
    stealHighNs: each(() => ns / 100),
    correctedHighNs: wallNs,
    correctedFloorNs: wallNs.map((wall) => wall - 10_000),
  };
}

/** A run that went well. */
export function tenantRunOf(samples: TenantSamples | null, changes: Partial<TenantRun> = {}): TenantRun {
  return {
    status: 'ok',
    failure: null,
    skipReason: null,
    iterations: 1,
    verifiedBefore: 100,
    verifiedAfter: 100,
    samplingSteal: unavailable('no steal clock'),
    figures: [],
    verifiedAfterNs: 500e6,
    readyAfterNs: 600e6,
    submissionsPerSample: samples === null ? null : 1,
    samples,
    ...changes,
  };
}

/** A run that its process did not survive. */
export function deadRun(): TenantRun {
  const failure = { kind: 'crash', message: 'its process was ended by SIGKILL', hint: null } as const;
  return tenantRunOf(null, { status: 'failed', failure, verifiedAfter: 0 });
}

/** A phase with these runs; where there was a kill the others count. */
export function phaseOf(
  round: number,
  group: number,
  tenants: readonly TenantRun[],
  kill: KillRecord | null = null,
): Phase {
  const window = sharedWindow(tenants.filter((_, member) => member !== kill?.member));
  const cut = kill !== null && window.available;
  return {
    round,
    group,
    gatheredAfterNs: 700e6,
    window: cut ? available({ ...window.value, endNs: kill.killedNs }) : window,
    kill,
    tenants,
  };
}

const CASE = 'copy[n=1Mi]';

/** One case alone, and two tenants of it. */
export const PAIR: readonly Group[] = [
  { kind: 'alone', members: [{ role: 'tenant', caseId: CASE, workClass: null }] },
  {
    kind: 'together',
    members: [1, 2].map(() => ({ role: 'tenant' as const, caseId: CASE, workClass: null })),
  },
];

/** The document of phases. */
export function tenantsReport(
  groups: readonly Group[],
  phases: readonly Phase[],
  changes: Partial<TenantsReport> = {},
  scenario: Scenario = 'fairness',
): TenantsReport {
  const command: TenantsReport['command'] = {
    scenario,
    selectors: ['copy'],
    aggressor: null,
    tenants: 2,
    rounds: 3,
    timeNs: 2e9,
    timeoutNs: 60e9,
    seed: 1,
    device: null,
    queueFamily: null,
    binding: 'auto',
    validate: false,
    memoryLimitBytes: null,
    processMemoryBytes: null,
  };
  return {
    schema: 'guestmark-tenants',
    schemaVersion: '1.0',
    tool: { name: 'guestmark', version: '0.1.0', node: 'v20.20.2' },
    startedAt: '2026-01-02T03:04:05.000Z',
    status: 'complete',
    command,
    cpuCount: 2,
    device: available({ name: 'Example GPU', driver: 'Example 1.2', software: false }),
    tier: available('A'),
    groups,
    phases,
    validation: [],
    figures: groupFigures({ groups, phases, command }),
    ...changes,
  };
}

/** Two tenants in three rounds; the second one is `unfair` times as slow as the first, which is twice as slow as alone. */
export function sampleTenants(unfair = 1, count = 100, changes: Partial<TenantsReport> = {}): TenantsReport {
  const phases = [1, 2, 3].flatMap((round) => {
    // Rounds differ by a few per cent, as they do.
    const ns = 1e6 * (1 + round / 100);
    return [
      phaseOf(round, 0, [tenantRunOf(samplesOf(ns, count))]),
      phaseOf(round, 1, [
        tenantRunOf(samplesOf(2 * ns, count)),
        tenantRunOf(samplesOf(2 * unfair * ns, Math.round(count / unfair), 1.5e6)),
      ]),
    ];
  });
  return tenantsReport(PAIR, phases, changes);
}

/** Two tenants of which the second is killed after 100 ms; another process is gone at 300 ms, and the first goes on alone. */
export function sampleKill(): TenantsReport {
  const groups = PAIR.map((group): Group => {
    if (group.kind === 'alone') return group;
    const members = group.members.map((one, i) => ({
      ...one,
      role: i === 1 ? ('killed' as const) : one.role,
    }));
    return { ...group, members };
  });
  const kill: KillRecord = {
    member: 1,
    killedNs: 100e6,
    goneNs: 110e6,
    newcomer: tenantRunOf(samplesOf(1e6, 10, 280e6)),
    newcomerGoneNs: 300e6,
  };
  const alone = phaseOf(1, 0, [tenantRunOf(samplesOf(1e6, 100))]);
  const survivor = samplesOf(2e6, 50);
  const later = samplesOf(1e6, 200, 125e6);
  const joined = Object.fromEntries(
    Object.entries(survivor).map(([name, column]) => [
      name,
      [...column, ...later[name as keyof TenantSamples]],
    ]),
  ) as unknown as TenantSamples;
  const together = phaseOf(1, 1, [tenantRunOf(joined), deadRun()], kill);
  return tenantsReport(groups, [alone, together], {}, 'kill');
}
