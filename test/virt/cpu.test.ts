import { describe, expect, test } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { describeCpu } from '../../src/virt/cpu.ts';
import { thisMachine } from '../../src/virt/open-machine.ts';
import { cpuidOf, none } from '../timing/cpuid-fixture.ts';
import { tableMachine } from './table-machine.ts';

const FREQUENCY = '/sys/devices/system/cpu/cpu0/cpufreq';
const X86 =
  'processor\t: 0\nmodel name\t: AMD EPYC 9R14\nflags\t\t: fpu constant_tsc nonstop_tsc hypervisor\n\n';
const invariant = (files: Record<string, string>, rest = {}) =>
  describeCpu(tableMachine({ files, ...rest })).invariantTsc;

describe('describeCpu()', () => {
  test('tells frequency in Hz, and what governs it and the sleep', () => {
    const files = {
      '/proc/cpuinfo': X86,
      [`${FREQUENCY}/scaling_governor`]: 'performance\n',
      [`${FREQUENCY}/scaling_driver`]: 'acpi-cpufreq\n',
      [`${FREQUENCY}/scaling_cur_freq`]: '2596100\n',
      [`${FREQUENCY}/cpuinfo_max_freq`]: '3700000\n',
      '/sys/devices/system/cpu/cpuidle/current_driver': 'none\n',
      '/sys/devices/system/cpu/cpuidle/current_governor_ro': 'menu\n',
    };
    expect(describeCpu(tableMachine({ files }))).toMatchObject({
      model: { value: 'AMD EPYC 9R14' },
      invariantTsc: { value: true },
      frequencyGovernor: { value: 'performance' },
      frequencyDriver: { value: 'acpi-cpufreq' },
      currentHz: { value: 2_596_100_000 },
      maximumHz: { value: 3_700_000_000 },
      idleDriver: { value: 'none' },
      idleGovernor: { value: 'menu' },
    });
  });

  test('says why there is no frequency, and never 0', () => {
    const garbled = { [`${FREQUENCY}/scaling_cur_freq`]: '<unknown>\n' };
    expect(describeCpu(tableMachine({ files: garbled })).currentHz).toEqual({
      available: false,
      reason: `${FREQUENCY}/scaling_cur_freq: "<unknown>" is no integer`,
    });
    for (const finding of Object.values(describeCpu(tableMachine({})))) {
      expect(finding).toMatchObject({ available: false, reason: expect.stringContaining('ENOENT') });
    }
  });

  test('takes the invariant TSC from both flags, else from CPUID, and from x86 only', () => {
    expect(invariant({ '/proc/cpuinfo': 'flags : fpu constant_tsc\n' })).toMatchObject({
      value: false,
      source: '/proc/cpuinfo: flags: no nonstop_tsc',
    });
    const leaves = (edx: number) => ({
      cpuid: available(cpuidOf({ 2147483648: { ...none, eax: 0x8000001f }, 2147483655: { ...none, edx } })),
    });
    expect(invariant({}, leaves(0x100))).toMatchObject({ value: true });
    expect(invariant({}, leaves(0))).toMatchObject({ value: false });
    expect(invariant({}, { cpuid: available(cpuidOf({})) }).available).toBe(false);
    expect(invariant({ '/proc/cpuinfo': X86 }, { architecture: 'arm64' })).toMatchObject({
      reason: "the time stamp counter is x86's, this is arm64",
    });
  });

  test('counts this machine as its kernel does', () => {
    const { logicalCpus, sockets, coresPerSocket, threadsPerCore } = describeCpu(thisMachine());
    expect(logicalCpus).toMatchObject({ available: true });
    if (!sockets.available || !coresPerSocket.available || !threadsPerCore.available) return;
    const most = sockets.value * coresPerSocket.value * threadsPerCore.value;
    expect(logicalCpus.available && logicalCpus.value).toBeGreaterThan(0);
    expect(logicalCpus.available && logicalCpus.value).toBeLessThanOrEqual(most);
  });
});
