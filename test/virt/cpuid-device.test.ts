import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openCpuid } from '../../src/timing/index.ts';
import { openCpuidDevice } from '../../src/virt/cpuid-device.ts';

/** A file with holes: registers at the offset that is their leaf. */
function deviceWith(registers: Readonly<Record<number, readonly number[]>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'guestmark-cpuid-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'cpuid');
  const fd = openSync(path, 'w');
  for (const [leaf, values] of Object.entries(registers))
    writeSync(fd, Buffer.from(Uint32Array.from(values).buffer), 0, 16, Number(leaf));
  closeSync(fd);
  return path;
}

test('openCpuidDevice() reads the registers at the offset of their leaf', () => {
  const device = openCpuidDevice(deviceWith({ 0: [0x10, 1, 2, 3], 1073741824: [5, 6, 7, 0xffffffff] }));
  if (!device.available) throw new Error(device.reason);
  expect(device.value(0x40000000)).toEqual({ eax: 5, ebx: 6, ecx: 7, edx: 0xffffffff });
  // Above the end, as of a CPU that went away.
  expect(device.value(0x80000000)).toEqual({ eax: 0, ebx: 0, ecx: 0, edx: 0 });
});

test('openCpuidDevice() says why there is none', () => {
  expect(openCpuidDevice('/nonexistent/cpuid')).toEqual({
    available: false,
    reason: '/nonexistent/cpuid: ENOENT',
  });
  expect(openCpuidDevice(deviceWith({}))).toMatchObject({
    reason: expect.stringMatching(/cpuid: too short$/),
  });
  expect(openCpuidDevice(tmpdir())).toMatchObject({ reason: expect.stringMatching(/EISDIR$/) });
});

test('openCpuidDevice() agrees with the instruction on this machine, or tells why it may not be read', () => {
  const [device, instruction] = [openCpuidDevice(), openCpuid()];
  if (!device.available) {
    expect(device.reason).toMatch(/^\/dev\/cpu\/0\/cpuid: E[A-Z]+$/);
    return;
  }
  if (!instruction.available) return;
  for (const leaf of [0, 0x40000000, 0x40000001, 0x80000000])
    expect(device.value(leaf)).toEqual(instruction.value(leaf));
});
