import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type Available, available, unavailable } from '../../src/base/availability.ts';
import { describeCloud } from '../../src/virt/cloud.ts';
import type { Evidence } from '../../src/virt/evidence.ts';
import { firmwareEvidence } from '../../src/virt/firmware-evidence.ts';
import { findGpuFunctions } from '../../src/virt/gpu-functions.ts';
import type { Machine } from '../../src/virt/machine.ts';
import { recordedMachine, thisMachine } from '../../src/virt/open-machine.ts';
import { describeVmDevices } from '../../src/virt/vm-devices.ts';
import { hostileMachine, tableMachine } from './table-machine.ts';

function expectPlain(signs: readonly Evidence[]): void {
  for (const { source, found } of signs) {
    expect(source).toMatch(/^\/(proc|sys)\//);
    expect(found).toMatch(/^[^\p{C}]{1,240}$/u);
  }
}

test('on this machine every sign has a source and a text', () => {
  expectPlain(firmwareEvidence(thisMachine()));
});

test('the kernel is asked first and firmware last', () => {
  const machine = tableMachine({
    files: {
      '/proc/cpuinfo': 'flags\t: fpu hypervisor\n',
      '/sys/hypervisor/type': 'xen\n',
      '/sys/bus/acpi/devices/XEN0000:00/hid': '',
      '/proc/device-tree/compatible': 'xen,xenvm\0',
      '/sys/class/dmi/id/sys_vendor': 'Xen',
    },
  });
  const folders = firmwareEvidence(machine).map(({ source }) => source.split('/').slice(1, 3).join('/'));
  expect(folders).toEqual(['proc/cpuinfo', 'sys/hypervisor', 'sys/bus', 'proc/device-tree', 'sys/class']);
});

const LINE = 'x'.repeat(4_000_000);
const BLANKS = ' '.repeat(4_000_000);
const LINES = Array.from({ length: 6_000 }, (_, n) => `${n.toString(16).padStart(4, '0')}:00:00.0`).join(
  '\n',
);

const ANSWERS: readonly (readonly [string, (path: string) => Available<string>])[] = [
  ['nothing can be read', (path) => unavailable(`${path}: EACCES`)],
  ['every file is empty', () => available('')],
  ['every file has 4 MB of one line', () => available(LINE)],
  ['every file has 4 MB of blanks', () => available(BLANKS)],
  ['every folder has 6,000 functions without numbers', () => available(LINES)],
  ['every file moves the cursor', () => available('\u001b[2J\u202eKVM\u0000\n')],
  ['every file is its own path', (path) => available(path)],
];
test.each(ANSWERS)('nothing throws where %s', (_, answer) => {
  const machine: Machine = hostileMachine(answer);
  const start = performance.now();
  const signs = firmwareEvidence(machine);
  expectPlain(signs);
  describeVmDevices(machine);
  findGpuFunctions(machine);
  describeCloud(machine, signs);
  expect(performance.now() - start).toBeLessThan(5_000);
});

test('folders in the place of files, and files in the place of folders, say nothing', () => {
  const root = mkdtempSync(join(tmpdir(), 'guestmark-firmware-'));
  const folders = ['/proc/cpuinfo', '/proc/version', '/sys/class/dmi/id/sys_vendor', '/sys/hypervisor/type'];
  const files = ['/sys/bus/pci/devices', '/sys/bus/acpi/devices', '/sys/class/ptp', '/proc/device-tree'];
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), 'garbage');
  }
  expect(firmwareEvidence(recordedMachine(root))).toEqual([]);
  rmSync(root, { recursive: true });
});
