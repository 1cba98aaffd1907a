// Both sides of the comparison in sample-comparison.ts: bare metal, and a guest whose folder holds a file that is cut off.
import { available, unavailable } from '../../src/base/availability.ts';
import type { SideRecord } from '../../src/compare/comparison.ts';

/** Facts of a report of bare metal. */
function reportFacts(changes: Partial<SideRecord['reports'][number]> = {}): SideRecord['reports'][number] {
  return {
    path: 'bare/run-1.json',
    producer: 'guestmark',
    toolVersion: '0.1.0',
    startedAt: available('2026-01-02T03:04:05.000Z'),
    finishedAt: available('2026-01-02T03:14:05.000Z'),
    status: 'complete',
    hostname: available('metal-1'),
    device: available('NVIDIA H100 PCIe'),
    software: false,
    driver: available('NVIDIA 550.54.15'),
    binding: available('auto: nvk and koffi'),
    tier: available('C'),
    hypervisor: available('none'),
    attachment: available('attached to the machine itself'),
    linuxRelease: available('6.1.0-18-amd64'),
    cpuModel: available('Example CPU'),
    cpuCount: 32,
    settings: { wait: 'auto', pin: 'none', counters: 'quiet' },
    powerLimitWatts: available(350),
    ...changes,
  };
}

/** The baseline: two reports of five runs each. */
export function baselineRecord(changes: Partial<SideRecord> = {}): SideRecord {
  return {
    label: 'bare metal',
    reports: [reportFacts(), reportFacts({ path: 'bare/run-2.json' })],
    runs: 10,
    refused: [],
    ...changes,
  };
}

/** The contender: a guest, whose folder holds a file that could not be read. */
export function contenderRecord(changes: Partial<SideRecord> = {}): SideRecord {
  const guest = {
    hostname: available('guest-1'),
    hypervisor: available('KVM, made by QEMU'),
    attachment: available('passthrough, a whole device given to this guest'),
    tier: available('A'),
    cpuCount: 8,
    powerLimitWatts: unavailable('the driver does not tell guests'),
  };
  return {
    label: 'guest',
    reports: [
      reportFacts({ ...guest, path: 'guest/run-1.json' }),
      reportFacts({ ...guest, path: 'guest/run-2.json' }),
    ],
    runs: 10,
    refused: [
      {
        path: 'guest/run-3.json',
        message: 'Cannot read guest/run-3.json: it ends within a report, after 812 bytes',
      },
    ],
    ...changes,
  };
}
