import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { SystemRecord } from '../../src/report/report.ts';
import { type MachineParts, machineDifference } from '../../src/run/machine-difference.ts';
import { certain } from '../../src/virt/finding.ts';
import type { SystemInfo } from '../../src/virt/system-info.ts';
import { sampleMachine } from '../report/sample-machine.ts';
import { sampleReport } from '../report/sample-report.ts';

const { tool, system, machine } = sampleReport();
const BEFORE: MachineParts = { tool, system, machine };
const on = (changes: Partial<SystemRecord>): string | null =>
  machineDifference(BEFORE, { ...BEFORE, system: { ...system, ...changes } });
const described = (change: (info: SystemInfo) => SystemInfo): string | null =>
  machineDifference(BEFORE, { ...BEFORE, machine: available(change(sampleMachine())) });

describe('machineDifference()', () => {
  it('accepts the same machine under another load, after another boot', () => {
    expect(on({})).toBeNull();
    expect(on({ loadAverage: [9, 9, 9], memoryBytes: system.memoryBytes * 0.99 })).toBeNull();
    const now = described((info) => ({ ...info, cpu: { ...info.cpu, currentHz: certain(1e9, 'x') } }));
    expect(now).toBeNull();
  });

  it.each<[string, Partial<SystemRecord>]>([
    ['the name of the machine is guest-2 and was guest-1', { hostname: 'guest-2' }],
    ['the kernel is 6.2.0 and was 6.1.0', { linuxRelease: '6.2.0' }],
    ['the processor is Other CPU and was Example CPU', { cpuModel: available('Other CPU') }],
    ['the number of CPUs is 4 and was 2', { cpuCount: 4 }],
    ['the clocksource is tsc and was kvm-clock', { clocksource: available('tsc') }],
    ['the memory is 16.0 GiB and was 8.00 GiB', { memoryBytes: 16 * 2 ** 30 }],
    ['the variable LP_NUM_THREADS is not set and was "2"', { driverVariables: {} }],
  ])('says that %s', (difference, changes) => {
    expect(on(changes)).toBe(difference);
  });

  it('names another version of the tool or of Node', () => {
    const newer = { ...BEFORE, tool: { ...tool, version: '9.9.9' } };
    expect(machineDifference(BEFORE, newer)).toBe('the version of guestmark is 9.9.9 and was 0.1.0');
    const node = { ...BEFORE, tool: { ...tool, node: 'v99.0.0' } };
    expect(machineDifference(BEFORE, node)).toBe('the version of Node is v99.0.0 and was v20.20.2');
  });

  it('names another hypervisor, and fewer CPUs of a container', () => {
    const other = described((info) => ({
      ...info,
      virtualization: {
        ...info.virtualization,
        hypervisor: certain({ id: 'xen', name: 'Xen' }, 'CPUID'),
      },
    }));
    expect(other).toMatch(/^the hypervisor is Xen and was /);
    const allowed = (cpus: readonly number[]): MachineParts => {
      const info = sampleMachine();
      const container = { ...info.container, allowedCpus: certain(cpus, '/proc/self/status') };
      return { ...BEFORE, machine: available({ ...info, container }) };
    };
    expect(machineDifference(allowed([0, 1]), allowed([0]))).toBe(
      'the set of allowed CPUs is [0] and was [0,1]',
    );
  });

  it('takes what cannot be read now for no difference', () => {
    expect(on({ clocksource: unavailable('not readable') })).toBeNull();
    expect(machineDifference(BEFORE, { ...BEFORE, machine: unavailable('not described') })).toBeNull();
  });
});
