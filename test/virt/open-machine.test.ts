import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { describeSystem } from '../../src/virt/describe-system.ts';
import { recordedMachine, thisMachine } from '../../src/virt/open-machine.ts';
import { machineRoot } from '../timing/machine-fixture.ts';
import { gpu } from './attachment-fixture.ts';

let root: string;
beforeEach(() => {
  root = machineRoot({ '/proc/stat': 'cpu 1\n', '/sys/class/net/lo/mtu': '65536\n' });
});

const manifest = (value: unknown, path = root): void =>
  writeFileSync(join(path, 'machine.json'), typeof value === 'string' ? value : JSON.stringify(value));

describe('recordedMachine()', () => {
  it('is a tree of plain files where there is no manifest', () => {
    const machine = recordedMachine(root);
    expect(machine.files.read('/proc/stat')).toEqual(available('cpu 1\n'));
    expect(machine).toMatchObject({ root, live: false, architecture: 'x64', variables: {} });
    expect([machine.cpuid, machine.devices, machine.driverMode('0000:01:00.0')]).toEqual([
      { available: false, reason: 'CPUID: not in the recording' },
      { available: false, reason: 'no Vulkan devices are in the recording' },
      { available: false, reason: "no driver's word on 0000:01:00.0 in the recording" },
    ]);
  });

  it('has the links of its manifest, and folders contain them', () => {
    manifest({
      links: {
        '/proc/self/ns/pid': 'pid:[7]',
        '/sys/class/net/eth0': '../../devices/e',
        '/sys/class/net/lo': 'x',
      },
    });
    const { files } = recordedMachine(root);
    expect(files.link('/proc/self/ns/pid')).toEqual(available('pid:[7]'));
    expect(files.list('/proc/self')).toEqual(available(['ns']));
    expect(files.list('/proc/self/ns/')).toEqual(available(['pid']));
    expect(files.list('/sys/class/net')).toEqual(available(['eth0', 'lo']));
    expect(files.list('/proc/sel')).toEqual({ available: false, reason: '/proc/sel: ENOENT' });
    expect(files.read('/proc/self/ns/pid')).toEqual({
      available: false,
      reason: '/proc/self/ns/pid: ENOENT',
    });
  });

  it('has the lists of its manifest beside the files that are there, each name once', () => {
    manifest({ lists: { '/proc': ['stat', '2'], '/sys/none': [] } });
    const { files } = recordedMachine(root);
    expect(files.list('/proc')).toEqual(available(['2', 'stat']));
    expect(files.list('/sys/none')).toEqual(available([]));
    expect(files.read('/proc/2')).toEqual({ available: false, reason: '/proc/2: ENOENT' });
  });

  it('cannot read what the manifest says could not be read, whether it is there or not', () => {
    manifest({
      unreadable: {
        '/proc/stat': 'EACCES',
        '/sys/secret': 'EPERM',
        '/proc/self/ns/pid': 'EACCES',
        CPUID: 'not of x86',
      },
    });
    const { files, cpuid } = recordedMachine(root);
    expect(files.read('/proc/stat')).toEqual({ available: false, reason: '/proc/stat: EACCES' });
    expect(files.list('/sys/secret')).toEqual({ available: false, reason: '/sys/secret: EPERM' });
    expect(files.link('/proc/self/ns/pid')).toEqual({
      available: false,
      reason: '/proc/self/ns/pid: EACCES',
    });
    expect(cpuid).toEqual({ available: false, reason: 'not of x86' });
  });

  it('can show what a stranger wrote into the manifest', () => {
    const clear = '\u001b[2J';
    manifest({
      architecture: `arm64${clear}`,
      unreadable: { '/a': `EACCES${clear}`, CPUID: `CPUID: denied${clear}` },
      devices: [gpu({ name: `GPU${clear}`, pciAddress: unavailable(`gone${clear}`) })],
    });
    const machine = recordedMachine(root);
    expect(machine.architecture).toBe('arm64 [2J');
    expect(machine.files.read('/a')).toEqual(unavailable('/a: EACCES [2J'));
    expect(machine.cpuid).toEqual(unavailable('CPUID: denied [2J'));
    expect(machine.devices).toMatchObject({
      value: [{ name: 'GPU [2J', pciAddress: { reason: 'gone [2J' } }],
    });
  });

  it('answers CPUID from the table', () => {
    manifest({ cpuid: { '0x40000000': ['0x5', '0x0', '0x0', '0x0'] } });
    const { cpuid } = recordedMachine(root);
    expect(cpuid.available && [cpuid.value(0x40000000).eax, cpuid.value(1).eax]).toEqual([5, 0]);
  });

  it('finds nothing by names that every object has', () => {
    manifest('{"links": {"__proto__": "x"}, "lists": {}, "unreadable": {}, "driverModes": {}}');
    const machine = recordedMachine(root);
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(machine.driverMode(name).available, name).toBe(false);
      expect(machine.files.read(name), name).toEqual({ available: false, reason: `${name}: ENOENT` });
      expect(machine.files.list(name).available, name).toBe(false);
    }
    expect(machine.files.link('__proto__')).toEqual(available('x'));
    expect(machine.files.link('constructor').available).toBe(false);
  });

  it('reads nothing outside of its folder, by links or by ..', () => {
    const inner = join(root, 'inner');
    mkdirSync(join(inner, 'proc'), { recursive: true });
    symlinkSync('/proc/version', join(inner, 'proc/version'));
    symlinkSync('../../proc', join(inner, 'proc/outside'));
    symlinkSync('../proc', join(inner, 'proc/again'));
    const { files } = recordedMachine(inner);
    for (const path of ['/proc/version', '/proc/outside/stat', '/proc/outside'])
      expect(files.read(path)).toEqual({
        available: false,
        reason: `${path}: leads out of the recorded machine`,
      });
    for (const path of ['/../proc/stat', '../../proc/stat', '/proc/../../proc/stat'])
      expect(files.read(path)).toEqual({ available: false, reason: `${path}: ENOENT` });
    expect(files.list('/proc/outside').available).toBe(false);
    expect(files.list('/proc/again')).toEqual(available(['again', 'outside', 'version']));
    // The target of a link is a text; where it leads is not looked at.
    expect(files.link('/proc/version')).toEqual(available('/proc/version'));
    expect(files.link('/proc/outside/link').available).toBe(false);
  });

  it('takes a root that leads to / for this machine, as files', () => {
    symlinkSync('/', join(root, 'all'));
    for (const all of [join(root, 'all'), '/.', '//'])
      expect(recordedMachine(all).files.read('/proc/version'), all).toMatchObject({ available: true });
  });

  it.each([
    ['a missing folder', () => join(root, 'none'), 'there is no such folder'],
    ['a file', () => join(root, 'proc/stat'), 'it is no folder'],
  ])('refuses %s', (_, folder, state) => {
    expect(() => recordedMachine(folder())).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: `Cannot read the machine ${folder()}: ${state}`,
        hint: 'record one with `guestmark system --dump DIR`',
      }),
    );
  });

  it('refuses a manifest that is a folder, a pipe, endless, outside, or garbage', () => {
    const bad = (name: string, make: (file: string) => void): string => {
      const folder = join(root, name);
      mkdirSync(folder);
      make(join(folder, 'machine.json'));
      return folder;
    };
    const refuses = (folder: string, state: string): void =>
      expect(() => recordedMachine(folder)).toThrow(
        expect.objectContaining({ code: 'usage', message: `Cannot read the machine ${folder}${state}` }),
      );
    refuses(bad('folder', mkdirSync), ': machine.json: EISDIR');
    refuses(
      bad('pipe', (file) => execFileSync('mkfifo', [file])),
      ': machine.json: is no regular file',
    );
    refuses(
      bad('zero', (file) => symlinkSync('/dev/zero', file)),
      ': machine.json: leads out of the recorded machine',
    );
    refuses(
      bad('large', (file) => writeFileSync(file, ' '.repeat(2 ** 22 + 1))),
      ': machine.json: has more than 4 MiB',
    );
    refuses(
      bad('garbage', (file) => writeFileSync(file, '\u0000\u001b[2J')),
      '/machine.json: it is not a JSON object',
    );
  });

  it('describes an empty folder without a single guess', () => {
    const { virtualization, gpus, exitCost } = describeSystem(recordedMachine(machineRoot({})));
    expect([virtualization.virtual, virtualization.hypervisor, gpus, exitCost]).toEqual(
      Array(4).fill({ available: false, reason: expect.stringMatching(/.{8}/) }),
    );
  });
});

describe('thisMachine()', () => {
  it('is live, and takes from the environment only what tells of containers', () => {
    const machine = thisMachine({ container: 'lxc', HOME: '/root', SLURM_JOB_ID: '' });
    expect(machine).toMatchObject({ root: '/', live: true, architecture: process.arch });
    expect(machine.variables).toEqual({ container: 'lxc', SLURM_JOB_ID: '' });
  });
});
