import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openCpuid } from '../../src/timing/cpuid.ts';

const cpuid = openCpuid();
if (!cpuid.available) console.warn(`cpuid: instruction tests are skipped: ${cpuid.reason}`);

test.skipIf(!cpuid.available)('openCpuid() names the vendor that /proc/cpuinfo names', () => {
  if (!cpuid.available) return;
  const { ebx, ecx, edx } = cpuid.value(0);
  const vendor = Buffer.from(Uint32Array.of(ebx, edx, ecx).buffer).toString('latin1');
  expect(readFileSync('/proc/cpuinfo', 'utf8')).toContain(`: ${vendor}\n`);
});

test.skipIf(!cpuid.available)('openCpuid() agrees with /proc/cpuinfo on the hypervisor bit', () => {
  if (!cpuid.available) return;
  const flags = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? '';
  expect(cpuid.value(1).ecx >>> 31 === 1).toBe(flags.split(' ').includes('hypervisor'));
});
