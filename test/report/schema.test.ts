import { describe, expect, it } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { reportSchema } from '../../src/report/schema.ts';
import { sampleReport } from './sample-report.ts';

describe('reportSchema', () => {
  it('accepts a report in which nothing but the request is known', () => {
    const none = unavailable('no Vulkan driver');
    const report = sampleReport({
      status: 'partial',
      statusReason: 'no device',
      device: none,
      clocks: none,
      binding: none,
      results: [],
      processes: [],
      queueFamilyIndex: null,
      finishedAt: null,
    });
    expect(reportSchema.safeParse(report).error).toBeUndefined();
  });

  it('refuses numbers that JSON cannot hold', () => {
    const report = sampleReport();
    expect(
      reportSchema.safeParse({ ...report, command: { ...report.command, minTimeNs: Number.NaN } }).success,
    ).toBe(false);
    expect(
      reportSchema.safeParse({
        ...report,
        command: { ...report.command, maxTimeNs: Number.POSITIVE_INFINITY },
      }).success,
    ).toBe(false);
  });
});
