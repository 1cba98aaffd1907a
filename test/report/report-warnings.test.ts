import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { reportWarnings } from '../../src/report/report-warnings.ts';
import { deviceInfo, softwareDevice } from './sample-device.ts';
import { sampleReport } from './sample-report.ts';

describe('reportWarnings()', () => {
  it('has nothing to say about a GPU without validation', () => {
    expect(reportWarnings(sampleReport({ device: available(deviceInfo()) }))).toEqual([]);
  });

  it('says that a software device is no GPU', () => {
    const [warning] = reportWarnings(sampleReport({ device: available(softwareDevice()) }));
    expect(warning).toMatchObject({ id: 'software-device' });
    expect(warning?.message).toContain('llvmpipe');
    expect(warning?.message).toContain('a bandwidth is that of the code');
  });

  it('says that the validation layer is part of the times', () => {
    const warnings = reportWarnings(sampleReport({ validation: { enabled: true, messages: [] } }));
    expect(warnings.map(({ id }) => id)).toEqual(['validation']);
  });

  it('needs no device', () => {
    expect(reportWarnings(sampleReport({ device: unavailable('no driver') }))).toEqual([]);
  });

  it('says that stalls were not watched for where that was asked', () => {
    const asked = { ...sampleReport().command, stalls: true };
    expect(reportWarnings(sampleReport({ command: asked }))).toMatchObject([
      { id: 'stalls', message: expect.stringContaining('not watched') },
    ]);
    expect(reportWarnings(sampleReport())).toEqual([]);
  });
});
