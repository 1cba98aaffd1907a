import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { describeSystem } from '../../src/virt/describe-system.ts';
import { dumpMachine } from '../../src/virt/dump-machine.ts';
import type { Machine } from '../../src/virt/machine.ts';
import { recordedMachine, thisMachine } from '../../src/virt/open-machine.ts';
import type { SystemInfo } from '../../src/virt/system-info.ts';
import { NVIDIA } from './attachment-subject.ts';
import { describeAll, subjectsOf } from './describe-all.ts';

const MACHINES = join(import.meta.dirname, '..', 'fixtures', 'machines');

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'guestmark-dump-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

/** Asks for everything that there is, of every kind. */
function ask(machine: Machine): readonly unknown[] {
  const { files } = machine;
  const leaf = machine.cpuid.available ? machine.cpuid.value(0x4000_0000) : machine.cpuid;
  return [
    files.read('/proc/stat'),
    files.read('/sys/class/dmi/id/sys_vendor'),
    files.read('/sys/device/locked'),
    files.read('/sys/device/folder'),
    files.list('/sys/device/folder'),
    files.list('/sys/device/denied'),
    files.read('/proc/never'),
    files.list('/proc/never'),
    files.link('/proc/self/ns/pid'),
    files.list('/proc/self/ns'),
    files.link('/proc/stat'),
    files.list('/proc/stat'),
    leaf,
    machine.cpuid.available ? machine.cpuid.value(0xd, 1) : undefined,
    machine.driverMode('0000:01:00.0'),
    machine.driverMode('0000:02:00.0'),
    machine.variables,
    machine.architecture,
  ];
}

/** A machine by hand, whose answers take every form. */
const SAMPLE: Machine = {
  root: '/nowhere',
  live: false,
  architecture: 'x64',
  variables: { container: 'lxc', APPTAINER_CONTAINER: '/home/somebody/image.sif' },
  cpuid: available((leaf, subleaf = 0) => ({ eax: leaf, ebx: subleaf, ecx: 0xffff_ffff, edx: 0 })),
  driverMode: (address) =>
    address === '0000:01:00.0'
      ? available({ library: 'NVML', mode: 1, mig: false })
      : unavailable(`no driver's word on ${address} in the recording`),
  files: {
    read: (path) =>
      path === '/proc/stat'
        ? available('cpu  1 2 3\n')
        : unavailable(
            `${path}: ${{ '/sys/device/locked': 'EACCES', '/sys/device/folder': 'EISDIR' }[path] ?? 'ENOENT'}`,
          ),
    list: (path) =>
      path === '/sys/device/folder'
        ? available(['a', 'b'])
        : path === '/proc/self/ns'
          ? available(['mnt', 'pid'])
          : unavailable(
              `${path}: ${{ '/proc/stat': 'ENOTDIR', '/sys/device/denied': 'EACCES' }[path] ?? 'ENOENT'}`,
            ),
    link: (path) =>
      path === '/proc/self/ns/pid'
        ? available('pid:[4026531836]')
        : unavailable(`${path}: ${path === '/proc/stat' ? 'EINVAL' : 'ENOENT'}`),
  },
};

describe('dumpMachine()', () => {
  it('records every answer, and a recording answers like the machine', () => {
    const folder = join(base, 'new', 'recording');
    let told: readonly unknown[] = [];
    dumpMachine(
      folder,
      (machine) => {
        told = ask(machine);
      },
      { machine: SAMPLE },
    );
    expect(ask(recordedMachine(folder))).toEqual(told);
    expect(told).toEqual([
      ...ask(SAMPLE).slice(0, -2),
      { container: 'lxc', APPTAINER_CONTAINER: 'image.sif' },
      'x64',
    ]);
  });

  it('writes no file for a name that was only listed', () => {
    dumpMachine(base, ask, { machine: SAMPLE });
    expect(readdirSync(base, { recursive: true }).sort()).toEqual(['machine.json', 'proc', 'proc/stat']);
  });

  it('records this machine so that its description stays the same, in under a second', () => {
    const options = { exitCost: false };
    const started = process.cpuUsage();
    // Not live, so that both sides leave out the same; whole and unredacted, so that redaction must lose nothing.
    const live = { ...thisMachine({}), live: false };
    const told = describeSystem(live, options);
    dumpMachine(base, (machine) => describeSystem(machine, options), { machine: live });
    expect(withoutCounts(describeSystem(recordedMachine(base), options))).toEqual(withoutCounts(told));
    const { user, system } = process.cpuUsage(started);
    expect(user + system).toBeLessThan(1e6);
  });

  it.each(['azure-gpu', 'gvisor', 'powervm', 'kubernetes-pod'])(
    'records %s so that its description stays the same',
    (name) => {
      const machine = recordedMachine(join(MACHINES, name, 'root'));
      const subjects = subjectsOf(machine);
      const told = describeAll(machine, subjects);
      dumpMachine(base, (watched) => describeAll(watched, subjects), { machine });
      expect(describeAll(recordedMachine(base), subjects)).toEqual(told);
    },
  );

  it('records the devices by what their attachment is told from, and what drivers said elsewhere', () => {
    const device = { ...NVIDIA, deviceUuid: 'f00d' };
    const driverMode = (): never => {
      throw new Error('the driver was asked here, too');
    };
    const driverModes = {
      '0000:02:00.0': available({ library: 'NVML', mode: 2, mig: true } as const),
      '0000:03:00.0': unavailable('NVML: no such device'),
    };
    let told: readonly unknown[] = [];
    const describe = (machine: Machine): void => {
      told = ['0000:01:00.0', '0000:02:00.0', '0000:03:00.0'].map((address) => machine.driverMode(address));
    };
    dumpMachine(base, describe, { machine: { ...SAMPLE, driverMode }, devices: [device], driverModes });
    expect(told).toEqual([
      unavailable('no driver was asked for the device at 0000:01:00.0'),
      ...Object.values(driverModes),
    ]);
    const recorded = recordedMachine(base);
    expect(recorded.devices).toEqual(available([NVIDIA]));
    expect(recorded.driverMode('0000:02:00.0')).toEqual(available({ library: 'NVML', mode: 2, mig: true }));
    expect(readFileSync(join(base, 'machine.json'), 'utf8')).not.toContain('f00d');
  });

  it('keeps the reason why CPUID could not be executed', () => {
    dumpMachine(base, () => {}, { machine: { ...SAMPLE, cpuid: unavailable('CPUID is of x86 only') } });
    expect(recordedMachine(base).cpuid).toEqual(unavailable('CPUID is of x86 only'));
  });

  it('refuses a folder that holds something, and touches nothing in it', () => {
    writeFileSync(join(base, 'mine'), 'mine');
    expect(() => dumpMachine(base, ask, { machine: SAMPLE })).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining('not empty') }),
    );
    expect(readdirSync(base)).toEqual(['mine']);
  });

  it('says where it cannot write', () => {
    writeFileSync(join(base, 'file'), '');
    symlinkSync('nowhere/at/all', join(base, 'dangling'));
    for (const name of ['file', 'file/below', 'dangling'])
      expect(() => dumpMachine(join(base, name), ask, { machine: SAMPLE })).toThrow(
        expect.objectContaining({ code: 'output', message: expect.stringContaining('Cannot record') }),
      );
  });

  it('writes nothing outside of the folder, whatever is asked', () => {
    const folder = join(base, 'inner');
    mkdirSync(folder);
    const files = { ...SAMPLE.files, read: () => available('escaped') };
    dumpMachine(folder, (machine) => machine.files.read('/../../escaped'), { machine: { ...SAMPLE, files } });
    expect(readdirSync(base)).toEqual(['inner']);
    expect(readdirSync(folder)).toEqual(['escaped', 'machine.json']);
  });
});

/** Without what the machine counts between two descriptions: stolen ticks, and what throttles it. */
function withoutCounts({ virtualization, container, ...others }: SystemInfo): unknown {
  const { stealClock, ...what } = virtualization;
  const { throttledNs, throttledPeriods, ...where } = container;
  return [what, where, others, [stealClock, throttledNs, throttledPeriods].map(({ available: is }) => is)];
}
