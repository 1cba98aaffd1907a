import { describe, expect, it } from 'vitest';
import type { Available } from '../../src/base/availability.ts';
import type { ValueInterval } from '../../src/stats/ratio-interval.ts';
import { groupFigures } from '../../src/tenants/group-figures.ts';
import type { GroupFigures, MemberFigures, TenantSamples } from '../../src/tenants/tenants-report.ts';
import {
  deadRun,
  PAIR,
  phaseOf,
  samplesOf,
  sampleTenants,
  tenantRunOf,
  tenantsReport,
} from './sample-tenants.ts';

const value = (known: Available<ValueInterval>): number => (known.available ? known.value.value : Number.NaN);
const only = (figures: readonly GroupFigures[]): GroupFigures => figures[0] as GroupFigures;

describe('groupFigures()', () => {
  it('says how much slower each is than alone, and what it gets of the device', () => {
    const { members, fairness, total } = only(sampleTenants().figures);
    expect(members).toHaveLength(2);
    for (const { slowdown, share, alone, together } of members) {
      expect(value(slowdown.wallTime)).toBeCloseTo(2, 2);
      expect(value(slowdown.gpuTime)).toBeCloseTo(2, 1);
      expect(value(slowdown.correctedWallTime)).toBeCloseTo(2, 2);
      expect(value(slowdown.wallTimeP99)).toBeCloseTo(2, 2);
      expect(value(share)).toBeCloseTo(0.5, 3);
      expect(alone.rounds).toBe(3);
      expect(alone.waitingThreads).toMatchObject({ value: expect.closeTo(0.01, 3) });
      expect(together.samples).toBeGreaterThan(100);
      expect(together.wallTail).toMatchObject({ value: { p99: expect.closeTo(2.2e6, -6) } });
    }
    expect(value(fairness)).toBeCloseTo(1, 6);
    expect(value(total)).toBeCloseTo(1, 2);
  });

  it('shows who gets less', () => {
    const { members, fairness, total } = only(sampleTenants(4).figures);
    expect(members.map(({ share }) => value(share).toFixed(2))).toEqual(['0.50', '0.13']);
    // Shares of 1/2 and 1/8.
    expect(value(fairness)).toBeCloseTo(0.625 ** 2 / (2 * (0.25 + 1 / 64)), 2);
    expect(value(total)).toBeCloseTo(0.625, 2);
  });

  it('holds every value in its interval, and is the same again', () => {
    const { figures, ...report } = sampleTenants(2);
    expect(groupFigures(report)).toEqual(figures);
    const { members } = only(figures);
    const intervals = members.flatMap(({ slowdown, share }) => [...Object.values(slowdown), share]);
    for (const one of intervals) {
      if (!one.available) throw new Error(one.reason);
      expect(one.value.low).toBeLessThanOrEqual(one.value.value);
      expect(one.value.high).toBeGreaterThanOrEqual(one.value.value);
    }
  });

  it('counts the submissions between two samples that were not kept', () => {
    const alone = phaseOf(1, 0, [tenantRunOf(samplesOf(1e6, 100), { submissionsPerSample: 4 })]);
    const together = phaseOf(
      1,
      1,
      [1, 2].map(() => tenantRunOf(samplesOf(1e6, 100), { submissionsPerSample: 2 })),
    );
    const { members } = only(tenantsReport(PAIR, [alone, together]).figures);
    expect(members.map(({ share }) => value(share))).toEqual([0.5, 0.5]);
  });

  it('leaves a round out in which one died, whose neighbours had less of a neighbour', () => {
    const phases = sampleTenants().phases.map((phase) =>
      phase.round === 2 && phase.group === 1
        ? phaseOf(2, 1, [phase.tenants[0] ?? deadRun(), deadRun()])
        : phase,
    );
    const { members, fairness } = only(tenantsReport(PAIR, phases).figures);
    expect(members.map(({ together }: MemberFigures) => together.rounds)).toEqual([2, 2]);
    expect(fairness.available).toBe(true);
  });

  it('leaves the corrected slowdown open where all of the samples alone may have been stolen', () => {
    const none = (samples: TenantSamples): TenantSamples => ({
      ...samples,
      correctedFloorNs: samples.wallNs.map(() => 1e-9),
    });
    const phases = sampleTenants().phases.map((phase) => ({
      ...phase,
      tenants: phase.tenants.map((run) => ({
        ...run,
        samples: run.samples === null ? null : none(run.samples),
      })),
    }));
    const { members } = only(tenantsReport(PAIR, phases).figures);
    expect(members[0]?.slowdown.correctedWallTime).toMatchObject({
      reason: expect.stringContaining('leave'),
    });
    expect(members[0]?.slowdown.wallTime.available).toBe(true);
  });

  it('knows nothing where nothing was measured, and says why', () => {
    const { members, fairness, total } = only(tenantsReport(PAIR, []).figures);
    expect(fairness).toEqual({ available: false, reason: expect.stringContaining('no round') });
    expect(total.available).toBe(false);
    for (const { slowdown } of members)
      expect(Object.values(slowdown).every(({ available }) => !available)).toBe(true);
  });
});
