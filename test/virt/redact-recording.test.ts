import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordedMachine } from '../../src/virt/open-machine.ts';
import { watchMachine } from '../../src/virt/record-machine.ts';
import { redactText, redactVariables } from '../../src/virt/redact-recording.ts';
import { describeAll, subjectsOf } from './describe-all.ts';

const MACHINES = join(import.meta.dirname, '..', 'fixtures', 'machines');

describe('redactText()', () => {
  it.each([
    [
      '/proc/cmdline',
      'quiet password=s3cret nohz_full=1-3 ip=10.0.0.1::host mitigations=off\n',
      'nohz_full=1-3 mitigations=off\n',
    ],
    [
      '/proc/cmdline',
      'virtio_mmio.device=4K@0xd0000000:5 -- --firecracker-init --addr 10.0.0.1\n',
      '--firecracker virtio_mmio.device=\n',
    ],
    ['/proc/1/environ', 'HOME=/root\0container=lxc\0TOKEN=x\0', 'container=lxc\0'],
    ['/proc/self/environ', 'TOKEN=x', ''],
    [
      '/proc/self/mountinfo',
      '1 0 8:1 /@/jane / rw - overlay overlay rw,lowerdir=/home/jane\n1 0 8:1 / /home/jane rw - ext4 /dev/sda1 rw\n2 1 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n',
      '1 0 8:1 / / - overlay none rw\n2 1 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n',
    ],
    ['/proc/self/status', 'Name:\tx\nUid:\t1000\nTracerPid:\t0\n', 'TracerPid:\t0\n'],
    [
      '/proc/version',
      'Linux version 6.8.0 (jane@laptop) (gcc 13) #1\n',
      'Linux version 6.8.0 (builder) (gcc 13) #1\n',
    ],
    ['/proc/cpuinfo', 'Hardware\t: BCM2835\nSerial\t\t: 00000000abcdef\n', 'Hardware\t: BCM2835\n'],
    ['/run/.containerenv', 'engine="podman-4"\nname="secret"\n', 'engine="podman-4"\n'],
    ['/sys/class/dmi/id/chassis_asset_tag', 'INV-0042\n', 'not recorded\n'],
    ['/sys/class/dmi/id/chassis_asset_tag', 'OracleCloud.com\n', 'OracleCloud.com\n'],
    ['/sys/class/dmi/id/product_uuid', '1234\n', ''],
    ['/etc/machine-id', '1234\n', ''],
    ['/sys/class/net/eth0/address', '52:54:00:12:34:56\n', ''],
    ['/proc/config.gz', 'CONFIG_PARAVIRT=y\nCONFIG_LOCALVERSION="-jane"\n', 'CONFIG_PARAVIRT=y\n'],
    ['/proc/device-tree/ibm,partition-name', 'payroll\0', 'partition\0'],
    ['/proc/stat', 'cpu  1 2 3\nintr 1 0 0\nbtime 1727780400\n', 'cpu  1 2 3\n'],
    ['/proc/meminfo', 'MemTotal: 1 kB\n', 'MemTotal: 1 kB\n'],
  ])('keeps of %s only what tells of the kind of machine', (path, text, kept) => {
    expect(redactText(path, text)).toBe(kept);
  });
});

describe('redactVariables()', () => {
  it('keeps the name of an image and not the folders above it', () => {
    expect(
      redactVariables({
        APPTAINER_CONTAINER: '/home/jane/a.sif',
        SINGULARITY_CONTAINER: '/data/b.sif',
        SNAP: 'x',
      }),
    ).toEqual({ APPTAINER_CONTAINER: 'a.sif', SINGULARITY_CONTAINER: 'b.sif', SNAP: 'x' });
  });

  it('keeps that there is an address, and not the address', () => {
    expect(redactVariables({ KUBERNETES_SERVICE_HOST: '10.96.0.1' })).toEqual({
      KUBERNETES_SERVICE_HOST: 'not recorded',
    });
  });
});

describe('what is left', () => {
  it.each(readdirSync(MACHINES))('describes %s as the whole does', (name) => {
    const machine = recordedMachine(join(MACHINES, name, 'root'));
    const redacted = watchMachine(machine, redactText).machine;
    const subjects = subjectsOf(machine);
    expect(describeAll(redacted, subjects)).toEqual(describeAll(machine, subjects));
  });
});
