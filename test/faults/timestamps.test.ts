// Timestamps that cannot be true, from a layer between guestmark and the driver: none of them becomes a figure, and all that does
// not rest on them is kept.
import { afterAll, describe, expect, it } from 'vitest';
import type { CaseResult } from '../../src/report/report.ts';
import type { SampleColumns } from '../../src/suite/case-run.ts';
import { buildFaultLayer, hasCompiler } from './layer/fault-layer.mjs';
import { runsOf, type Struck, samplesOf, struckRun } from './struck-run.ts';

const layer = hasCompiler() ? buildFaultLayer() : null;
afterAll(() => layer?.[Symbol.dispose]());

const copy = (plan: string, ...args: string[]): Promise<Struck> =>
  struckRun(layer as NonNullable<typeof layer>, plan, ['copy[n=4Ki]', ...args]);

const resultOf = ({ report }: Struck): CaseResult => report.results[0] as CaseResult;
const warningsOf = (struck: Struck, id: string): readonly string[] =>
  resultOf(struck).warnings.flatMap((warning) => (warning.id === id ? [warning.message] : []));

/** The device times that are there, each between nothing and the wall time around it. */
function expectPossible({ gpuNs, wallNs }: SampleColumns): void {
  gpuNs.forEach((ns, index) => {
    if (ns === null) return;
    expect(ns).toBeGreaterThan(0);
    expect(ns).toBeLessThanOrEqual((wallNs[index] as number) * 1.001 + 2);
  });
}

describe.skipIf(layer === null)('timestamps', () => {
  it.each([
    ['zero', 'both timestamps are 0'],
    ['backwards', 'the second timestamp is before the first'],
    ['stuck', 'both timestamps are equal'],
  ])('that are always %s give no device time, and say why', async (action, reason) => {
    const struck = await copy(`vkGetQueryPoolResults@1/1=${action}`);
    const [run] = runsOf(struck, 'copy') as [ReturnType<typeof runsOf>[number]];
    const { gpuNs, wallNs, deviceStartNs, queueNs } = samplesOf(run);
    expect(struck.code).toBe(0);
    expect(run).toMatchObject({ status: 'ok', timestampFaults: [{ reason, samples: wallNs.length }] });
    for (const column of [gpuNs, deviceStartNs, queueNs])
      expect(column.every((ns) => ns === null)).toBe(true);
    expect(warningsOf(struck, 'device-timestamps')).toEqual([`${reason} in 100 % of the samples`]);
    const ids = resultOf(struck).metrics.map(({ id }) => id);
    expect(ids).toContain('wallTime');
    expect(ids).not.toContain('gpuTime');
    expect(struck.stdout).not.toMatch(/ 0 ns |18446744/);
    // A sample is as long as it is with timestamps: the round trip decided about it.
    expect(run.iterations).toBeLessThan(1000);
  });

  it('that are backwards now and then cost these samples their device time, and no other', async () => {
    const struck = await copy(
      'vkGetQueryPoolResults@20/10=backwards',
      '--min-time',
      '40ms',
      '--max-time',
      '80ms',
    );
    const [run] = runsOf(struck, 'copy') as [ReturnType<typeof runsOf>[number]];
    const samples = samplesOf(run);
    const missing = samples.gpuNs.filter((ns) => ns === null).length;
    expect(missing).toBeGreaterThan(0);
    expect(missing).toBeLessThanOrEqual(Math.ceil(samples.gpuNs.length / 10));
    expect(run.timestampFaults).toEqual([
      { reason: 'the second timestamp is before the first', samples: missing },
    ]);
    expectPossible(samples);
    expect(resultOf(struck).metrics.map(({ id }) => id)).toContain('gpuTime');
    expect(warningsOf(struck, 'device-timestamps')).toHaveLength(1);
  });

  it.each([
    ['once, at 36 bits', 'timestampBits=36:300'],
    ['every 268 ms, at 28 bits', 'timestampBits=28:0'],
  ])('that wrap %s are right across the wrap, and placed where they belong', async (_, plan) => {
    const struck = await copy(plan, '--min-time', '600ms', '--max-time', '700ms');
    const [run] = runsOf(struck, 'copy') as [ReturnType<typeof runsOf>[number]];
    const samples = samplesOf(run);
    expect(run.timestampFaults).toEqual([]);
    expect(samples.gpuNs.every((ns) => ns !== null)).toBe(true);
    expectPossible(samples);
    expect(warningsOf(struck, 'device-timestamps')).toEqual([]);
    const placed = samples.startNs.flatMap((startNs, index) => {
      const deviceNs = samples.deviceStartNs[index] ?? null;
      const slackNs = samples.splitUncertaintyNs[index] ?? 0;
      return deviceNs === null ? [] : [{ afterNs: deviceNs - startNs, slackNs, index }];
    });
    // Those whose calibration was disturbed contradict their stamps by more than its deviation, with wraps and without.
    expect(placed.length).toBeGreaterThan(samples.startNs.length / 2);
    for (const { afterNs, slackNs, index } of placed) {
      expect(afterNs).toBeGreaterThanOrEqual(-slackNs);
      expect(afterNs).toBeLessThanOrEqual((samples.wallNs[index] as number) + slackNs);
    }
    if (run.deviceClock.available) expect(Math.abs(run.deviceClock.value.driftPpm.value)).toBeLessThan(2000);
  });

  it('that wrap within a submission are ambiguous, and so no times', async () => {
    const struck = await copy('timestampBits=20:0');
    const [run] = runsOf(struck, 'copy') as [ReturnType<typeof runsOf>[number]];
    const { gpuNs, wallNs } = samplesOf(run);
    const long = wallNs.filter((ns) => ns > 2 ** 20).length;
    expect(long).toBeGreaterThan(0);
    expect(run.timestampFaults).toContainEqual({
      reason: 'the counter wraps every 1.05 ms, and the submission took longer',
      samples: long,
    });
    wallNs.forEach((ns, index) => {
      if (ns > 2 ** 20) expect(gpuNs[index]).toBe(null);
    });
    expect(struck.code).toBe(0);
  });
});
