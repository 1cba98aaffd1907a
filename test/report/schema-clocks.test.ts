import { describe, expect, it } from 'vitest';
import { CLOCKS_SCHEMA_VERSION } from '../../src/report/clocks-report.ts';
import { clocksSchema } from '../../src/report/schema-clocks.ts';
import { sampleClocksReport } from './sample-census.ts';

describe('clocksSchema', () => {
  it('accepts what was printed, without a change', () => {
    const report = sampleClocksReport();
    expect(clocksSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect(report.schemaVersion).toBe(CLOCKS_SCHEMA_VERSION);
  });

  it.each([
    ['another schema', { schema: 'guestmark-report' }],
    ['a field that it does not know', { more: 1 }],
    ['a number that is no number', { loopCost: { ...sampleClocksReport().loopCost, minNs: null } }],
    ['a missing part', { drifts: undefined }],
    ['a reason that is empty', { nullWindows: [{ available: false, reason: '' }] }],
  ])('refuses %s', (_, change) => {
    expect(clocksSchema.safeParse({ ...sampleClocksReport(), ...change }).success).toBe(false);
  });
});
