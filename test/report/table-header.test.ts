import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { textOf } from '../../src/report/paint.ts';
import type { Report } from '../../src/report/report.ts';
import { describeDevice, headerRows } from '../../src/report/table-header.ts';
import { deviceInfo } from './sample-device.ts';
import { sampleReport } from './sample-report.ts';

function lines(changes: Partial<Report>): Record<string, string> {
  return Object.fromEntries(headerRows(sampleReport(changes)).map(({ cells }) => cells.map(textOf)));
}

describe('describeDevice()', () => {
  it('names the device, its local memory, versions and address', () => {
    expect(describeDevice(deviceInfo())).toBe(
      'Example GPU 9000 (discrete-gpu), 80.0 GiB of device-local memory, Vulkan 1.3.277, driver EXAMPLE 550.54.15, at 0000:01:00.0',
    );
  });

  it('leaves out what the driver does not tell', () => {
    const none = unavailable('the driver has no such property');
    const device = deviceInfo({ driver: { id: none, name: none, info: none, version: 1 }, pciAddress: none });
    expect(describeDevice(device)).toBe(
      'Example GPU 9000 (discrete-gpu), 80.0 GiB of device-local memory, Vulkan 1.3.277',
    );
  });
});

describe('headerRows()', () => {
  it('gives the tier with its reason and what it promises about steal', () => {
    expect(lines({}).timing).toMatch(/^tier A, steal measured: CONFIG_PARAVIRT_TIME_ACCOUNTING=y/);
    expect(lines({}).stolen).toContain('W − C − R');
  });

  it('gives the cost of the tool itself', () => {
    expect(lines({})['tool cost']).toBe('snapshot 1.20 µs, stamp 61.0 ns, empty submit 6.60 µs of CPU time');
  });

  it('says why the cost of an empty submit is not known', () => {
    const binding = sampleReport().binding;
    if (!binding.available) throw new Error('the sample has a binding');
    const without = available({
      ...binding.value,
      emptySubmitCpuNs: unavailable('only the process is timed'),
    });
    expect(lines({ binding: without })['tool cost']).toContain(
      'empty submit unknown (only the process is timed)',
    );
  });

  it('mentions the status of a report that is not complete', () => {
    expect(lines({}).status).toBeUndefined();
    expect(lines({ status: 'partial', statusReason: 'interrupted' }).status).toBe('partial: interrupted');
  });
});
