import { describe, expect, it } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { CHECK_SCHEMA_VERSION } from '../../src/report/check-report.ts';
import { checkSchema } from '../../src/report/schema-check.ts';
import { sampleCheck, variedExpandable } from './sample-check.ts';

describe('checkSchema', () => {
  it('accepts what was printed, without a change', () => {
    const report = sampleCheck(variedExpandable());
    expect(checkSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect(report.schemaVersion).toBe(CHECK_SCHEMA_VERSION);
  });

  it('accepts a document of no device with a disassembly that is missing', () => {
    const report = sampleCheck();
    const disassembly = unavailable('spirv-dis is not installed');
    const shaders = report.shaders.map((one) => ({ ...one, disassembly }));
    expect(checkSchema.safeParse({ ...report, device: unavailable('no driver'), shaders }).success).toBe(
      true,
    );
  });

  it.each([
    ['another schema', { schema: 'guestmark-report' }],
    ['a field that it does not know', { more: 1 }],
    ['a device without a reason', { device: { available: false, reason: '' } }],
    ['a missing part', { shaders: undefined }],
    [
      'a plan without its cases',
      { shaders: [{ ...sampleCheck().shaders[0], plan: { totalCases: 1, obstacles: [] } }] },
    ],
  ])('refuses %s', (_, change) => {
    expect(checkSchema.safeParse({ ...sampleCheck(), ...change }).success).toBe(false);
  });
});
