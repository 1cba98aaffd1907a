import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { probeTiming } from '../../src/timing/probe.ts';
import {
  bareMetal,
  container,
  debianKvm,
  gvisorSandbox,
  type MachineFiles,
  machineRoot,
  xenGuest,
} from './machine-fixture.ts';

const probe = (files: MachineFiles) => probeTiming({ root: machineRoot(files) });

describe('probeTiming() on recorded machines', () => {
  test('finds tier B on Debian under KVM, from the configuration in /boot', () => {
    const { capabilities, verdict } = probe(debianKvm);
    expect(verdict).toMatchObject({ tier: 'B', gapIncludesIrq: false });
    expect(capabilities).toMatchObject({
      paravirtTimeAccounting: {
        value: false,
        source: '/boot/config-6.1.0-28-amd64: CONFIG_PARAVIRT_TIME_ACCOUNTING is not set',
      },
      stealClock: { value: true, source: '/proc/stat: 12 ticks of steal since boot' },
      clocksource: { value: 'kvm-clock' },
      perfEventParanoid: { value: 3 },
      cgroupVersion: { value: 'v2' },
    });
  });

  test('finds tier A under Xen before anything was stolen', () => {
    expect(probe(xenGuest).verdict).toMatchObject({ tier: 'A', reason: expect.stringContaining('xen') });
  });

  test('finds tier B under Xen when the command line turns steal accounting off', () => {
    const { capabilities, verdict } = probe({ ...xenGuest, '/proc/cmdline': 'console=hvc0 no-steal-acc\n' });
    expect(verdict.tier).toBe('B');
    expect(capabilities.paravirtTimeAccounting).toMatchObject({ source: '/proc/cmdline: no-steal-acc' });
  });

  test('finds tier E on a physical machine', () => {
    const { verdict } = probe(bareMetal);
    expect(verdict).toMatchObject({
      tier: 'E',
      reason: '/proc/cpuinfo: no flag hypervisor',
      gapIncludesIrq: true,
    });
  });

  test('finds tier D in gVisor', () => {
    const { capabilities, verdict } = probe(gvisorSandbox);
    expect(verdict).toMatchObject({ tier: 'D', reason: expect.stringContaining('gVisor') });
    expect(capabilities.schedstat).toEqual({
      available: false,
      reason: '/proc/thread-self/schedstat: ENOENT',
    });
  });

  test('does not call a kernel without schedstat gVisor when it does not say so', () => {
    const { capabilities, verdict } = probe({ ...gvisorSandbox, '/proc/version': 'Linux version 5.10.1\n' });
    expect(capabilities.gvisor.available).toBe(false);
    expect(verdict).toMatchObject({ tier: 'D', reason: '/proc/thread-self/schedstat: ENOENT' });
  });

  test('does not believe the /boot of another kernel in a container', () => {
    const { capabilities, verdict } = probe(container);
    expect(capabilities.paravirtTimeAccounting).toMatchObject({
      available: false,
      reason: expect.stringContaining('none of 6.8.0-45-generic'),
    });
    expect(verdict).toMatchObject({ tier: 'B', gapIncludesIrq: true });
    expect(capabilities.cgroupVersion).toMatchObject({ value: 'hybrid' });
  });

  test('prefers the configuration that the kernel itself carries', () => {
    const embedded = gzipSync('CONFIG_PARAVIRT_TIME_ACCOUNTING=y\nCONFIG_IRQ_TIME_ACCOUNTING=y\n');
    const { capabilities, verdict } = probe({ ...debianKvm, '/proc/config.gz': embedded });
    expect(verdict).toMatchObject({ tier: 'A', gapIncludesIrq: true });
    expect(capabilities.paravirtTimeAccounting).toMatchObject({
      source: '/proc/config.gz: CONFIG_PARAVIRT_TIME_ACCOUNTING=y',
    });
  });

  test('finds cgroup v1, and a paranoid level that is no number', () => {
    const { capabilities } = probe({
      ...debianKvm,
      '/proc/self/cgroup': '2:cpu:/\n1:memory:/\n',
      '/proc/sys/kernel/perf_event_paranoid': '\n',
    });
    expect(capabilities.cgroupVersion).toMatchObject({ value: 'v1' });
  });

  test('gives a reason for everything on a machine without /proc', () => {
    const { capabilities, verdict } = probe({});
    expect(verdict.tier).toBe('D');
    for (const found of Object.values(capabilities)) {
      expect(found).toMatchObject({ available: false, reason: expect.stringMatching(/\S/) });
    }
  });
});

test('probeTiming() on this machine reads schedstat and gives every fact a source or a reason', () => {
  const { capabilities, verdict } = probeTiming();
  for (const found of Object.values(capabilities)) {
    expect(found.available ? found.source : found.reason).toMatch(/\S/);
  }
  expect(capabilities.schedstat).toMatchObject({ value: true });
  expect('ABCE').toContain(verdict.tier);
  expect(JSON.parse(JSON.stringify({ capabilities, verdict }))).toEqual({ capabilities, verdict });
});
