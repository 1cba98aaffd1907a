import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { describeContainer } from '../../src/virt/container.ts';
import { thisMachine } from '../../src/virt/open-machine.ts';
import type { ContainerInfo } from '../../src/virt/system-info.ts';
import { NEW_KERNEL, namespaceLinks, OLD_KERNEL } from './kernel-namespaces.ts';
import { type MachineTables, tableMachine } from './table-machine.ts';

const ID = '0123456789abcdef'.repeat(4);
const DOCKER_OWN = ['pid', 'uts', 'ipc', 'cgroup', 'net', 'mnt'] as const;
const OVERLAY = '36 35 0:50 / / rw - overlay overlay rw\n';
const EXT4 = '36 35 8:1 / / rw - ext4 /dev/sda1 rw\n';

const describeTree = (tree: MachineTables) => describeContainer(tableMachine(tree));

/** On a machine with the kernel's first namespaces, and in a container with its own. */
const outside = (files: Record<string, string>, rest: MachineTables = {}) =>
  describeTree({ links: namespaceLinks(), ...rest, files: { ...NEW_KERNEL, ...files } });
const inside = (files: Record<string, string>, rest: MachineTables = {}) =>
  describeTree({
    links: namespaceLinks(...DOCKER_OWN),
    ...rest,
    files: { ...NEW_KERNEL, '/proc/2/comm': 'sh\n', ...files },
  });

const nameOf = ({ container }: ContainerInfo): string =>
  container.available ? `${container.value.id} ${container.confidence}` : container.reason;

describe('describeContainer()', () => {
  test('refutes a marker that was left behind, and says so', () => {
    const info = outside({ '/.dockerenv': '' });
    expect(nameOf(info)).toBe('none certain');
    expect(info.claims).toEqual([
      {
        container: 'docker',
        source: '/.dockerenv',
        found: 'exists',
        verdict: 'refuted',
        reason:
          "the namespaces pid, uts, ipc, user, cgroup are the kernel's first ones, and PID 2 is kthreadd",
      },
    ]);
    expect(info.contradictions).toMatchObject([
      { statement: expect.stringContaining('/.dockerenv (exists) says Docker, but') },
    ]);
  });

  test('refutes it on kernels without fixed inodes of mounts, and where PID 2 is hidden', () => {
    const files = { ...OLD_KERNEL, '/.dockerenv': '' };
    expect(nameOf(describeTree({ files, links: namespaceLinks('mnt') }))).toBe('none certain');
    const { '/proc/2/comm': _, ...hidden } = files;
    expect(nameOf(describeTree({ files: hidden, links: namespaceLinks() }))).toBe('none certain');
  });

  test('believes neither where PID 2 of the first pid namespace is no thread of the kernel', () => {
    const info = outside({ '/.dockerenv': '', '/proc/2/comm': 'sh\n' });
    expect(nameOf(info)).toBe('docker claimed');
    expect(info.contradictions).toMatchObject([{ statement: expect.stringContaining('PID 2') }]);
  });

  test.each<[string, Record<string, string>, MachineTables, string]>([
    ['docker', { '/.dockerenv': '' }, {}, 'docker likely'],
    ['docker by its group', { '/proc/self/cgroup': `4:cpu:/docker/${ID}\n` }, {}, 'docker likely'],
    [
      'docker by its scope',
      { '/proc/self/cgroup': `0::/system.slice/docker-${ID}.scope\n` },
      {},
      'docker likely',
    ],
    ['podman', { '/run/.containerenv': 'engine="podman-4.3.1"\nname="x"\n' }, {}, 'podman likely'],
    [
      'podman by its scope',
      { '/proc/self/cgroup': `0::/machine.slice/libpod-${ID}.scope\n` },
      {},
      'podman likely',
    ],
    ['lxc by PID 1', { '/proc/1/environ': 'TERM=linux\0container=lxc\0' }, {}, 'lxc likely'],
    ['lxc by its group', { '/proc/self/cgroup': '0::/lxc.payload.web/init.scope\n' }, {}, 'lxc likely'],
    [
      'lxc by lxcfs',
      { '/proc/self/mountinfo': '1 2 0:5 /x /proc/cpuinfo rw - fuse.lxcfs lxcfs rw\n' },
      {},
      'lxc likely',
    ],
    ['nspawn', { '/run/host/container-manager': 'systemd-nspawn\n' }, {}, 'systemd-nspawn likely'],
    [
      'nspawn by its group',
      { '/proc/self/cgroup': '0::/machine.slice/systemd-nspawn@a.service/payload\n' },
      {},
      'systemd-nspawn likely',
    ],
    ['a manager without a name here', { '/run/systemd/container': 'rkt\n' }, {}, 'other likely'],
    ['flatpak', { '/.flatpak-info': '[Application]\n' }, {}, 'flatpak likely'],
    ['$container', {}, { variables: { container: 'podman' } }, 'podman likely'],
  ])('proves %s by namespaces of its own', (_, files, rest, expected) => {
    const info = inside(files, rest);
    expect(nameOf(info)).toBe(expected);
    expect(info.claims[0]?.verdict).toBe('proved');
    expect(info.contradictions).toEqual([]);
  });

  test('proves docker with --pid=host by uts, ipc and cgroup, and takes no single one for proof', () => {
    const files = { '/.dockerenv': '' };
    expect(nameOf(outside(files, { links: namespaceLinks('uts', 'ipc', 'cgroup', 'mnt') }))).toBe(
      'docker likely',
    );
    const service = outside(files, { links: namespaceLinks('uts', 'mnt') });
    expect(nameOf(service)).toBe('docker claimed');
    expect(service.claims).toMatchObject([{ verdict: 'unproved', reason: expect.stringContaining('uts') }]);
  });

  test('does not refute a container that shares all but its root', () => {
    const links = namespaceLinks('mnt');
    const files = { '/.dockerenv': '', '/proc/self/mountinfo': OVERLAY };
    expect(nameOf(outside(files, { links }))).toBe('docker claimed');
    expect(nameOf(outside({ ...files, '/proc/self/mountinfo': EXT4 }, { links }))).toBe('none certain');
    const group = { '/proc/self/cgroup': `0::/system.slice/docker-${ID}.scope\n` };
    expect(nameOf(outside(group))).toBe('docker claimed');
  });

  test('names the cluster before its runtime, and keeps both claims', () => {
    const info = inside(
      {
        '/.dockerenv': '',
        '/var/run/secrets/kubernetes.io/serviceaccount/token': 'x',
        '/proc/self/cgroup': `4:cpu:/kubepods/burstable/pod1/${ID}\n`,
      },
      { variables: { KUBERNETES_SERVICE_HOST: '10.0.0.1' } },
    );
    expect(nameOf(info)).toBe('kubernetes likely');
    expect(info.claims.map(({ container }) => container)).toEqual([
      'kubernetes',
      'kubernetes',
      'kubernetes',
      'docker',
    ]);
    expect(info.scheduler).toMatchObject({ value: 'Kubernetes pod', confidence: 'likely' });
    expect(info.contradictions).toEqual([]);
    expect(JSON.stringify(info)).not.toContain('10.0.0.1');
  });

  test('reports two managers as rivals', () => {
    const info = inside({ '/.dockerenv': '', '/run/.containerenv': '' });
    expect(nameOf(info)).toBe('podman likely');
    expect(info.contradictions).toMatchObject([
      {
        statement: expect.stringMatching(/Podman by .*Docker by /),
        sources: ['/run/.containerenv', '/.dockerenv'],
      },
    ]);
  });
});

describe('describeContainer() where namespaces are not the matter', () => {
  test('proves apptainer by its root and its variables together, in the first namespaces', () => {
    const links = namespaceLinks('mnt');
    const files = { '/.singularity.d/runscript': '#!/bin/sh' };
    const variables = { APPTAINER_CONTAINER: '/a.sif' };
    const both = outside(files, { links, variables });
    expect(nameOf(both)).toBe('apptainer likely');
    expect(both.claims.map(({ verdict }) => verdict)).toEqual(['proved', 'proved']);
    expect(nameOf(outside(files, { links }))).toBe('apptainer claimed');
    expect(nameOf(outside({}, { links, variables }))).toBe('apptainer claimed');
    // Its mount namespace is the kernel's first: this is no container's root.
    expect(nameOf(outside(files, { variables }))).toBe('none certain');
  });

  test('proves a snap by the root that it is given, and refutes a classic one', () => {
    const snap = (mountinfo: string) =>
      outside(
        { '/proc/self/mountinfo': mountinfo },
        { links: namespaceLinks('mnt'), variables: { SNAP: '/snap/code/1' } },
      );
    expect(nameOf(snap('1 2 8:1 / /var/lib/snapd/hostfs rw - ext4 /dev/sda1 rw\n'))).toBe('snap likely');
    expect(nameOf(snap(EXT4))).toBe('none certain');
    expect(nameOf(snap(''))).toBe('snap claimed');
  });

  const WSL = { '/proc/sys/kernel/osrelease': '5.15.153.1-microsoft-standard-WSL2\n' };

  test('takes WSL from the kernel, and does not take its namespaces for those of docker', () => {
    const files = { ...WSL, '/.dockerenv': '', '/proc/self/mountinfo': EXT4 };
    const info = inside(files, { variables: { WSL_DISTRO_NAME: 'Debian' } });
    expect(nameOf(info)).toBe('wsl certain');
    expect(info.claims.map(({ container, verdict }) => `${container} ${verdict}`)).toEqual([
      'docker unproved',
      'wsl proved',
      'wsl proved',
    ]);
    expect(nameOf(inside({ ...files, '/proc/self/mountinfo': OVERLAY }))).toBe('docker likely');
    expect(nameOf(inside({}, { variables: { WSL_INTEROP: '/run/WSL/8_interop' } }))).toBe('wsl claimed');
  });

  test('takes gVisor from its kernel, and OpenVZ, and PRoot', () => {
    const version = 'Linux version 4.19.0-gvisor #1 SMP Sun Jan 10 15:06:54 PST 2016\n';
    const gvisor = { '/proc/version': version, '/proc/thread-self/status': '', '/.dockerenv': '' };
    expect(nameOf(inside(gvisor))).toBe('gvisor certain');
    const nameless = { '/proc/version': 'Linux version 4.4.0 #1 SMP\n', '/proc/thread-self/status': '' };
    expect(nameOf(describeTree({ files: nameless }))).toBe('gvisor claimed');
    expect(nameOf(inside({ '/proc/vz/veinfo': '' }))).toBe('openvz certain');
    expect(nameOf(outside({ '/proc/vz/veinfo': '', '/proc/bc/0': '' }))).toBe('none certain');
    const traced = { '/proc/self/status': 'Name:\tnode\nTracerPid:\t77\n' };
    expect(nameOf(outside({ ...traced, '/proc/77/comm': 'proot\n' }))).toBe('proot certain');
    expect(nameOf(outside({ ...traced, '/proc/77/comm': 'gdb\n' }))).toBe('none certain');
  });
});

describe('describeContainer() without a claim', () => {
  test('names own namespaces, and does not take a sandboxed service for a container', () => {
    expect(nameOf(outside({}))).toBe('none certain');
    const unnamed = inside({});
    expect(nameOf(unnamed)).toBe('other likely');
    expect(unnamed.container).toMatchObject({
      source: expect.stringContaining('pid, uts, ipc, cgroup, net, mnt'),
    });
    const service = outside({}, { links: namespaceLinks('uts', 'mnt', 'net') });
    expect(nameOf(service)).toBe('none likely');
  });

  test('knows nothing where nothing can be read', () => {
    const info = describeTree({});
    expect(nameOf(info)).toBe('no sign of a container, and /proc/self/ns: no namespace can be read');
    expect(info.allowedCpus).toEqual({ available: false, reason: '/proc/thread-self/status: ENOENT' });
    expect(info.cpuQuota).toEqual({ available: false, reason: '/proc/self/cgroup: ENOENT' });
    expect(info.scheduler).toMatchObject({ value: 'none', confidence: 'likely' });
  });

  test('tells a Slurm job, confirmed by its group or only claimed', () => {
    const variables = { SLURM_JOB_ID: '42' };
    const group = '0::/system.slice/slurmstepd.scope/job_42/step_0/user/task_0\n';
    expect(outside({ '/proc/self/cgroup': group }, { variables }).scheduler).toMatchObject({
      value: 'Slurm job 42',
      confidence: 'likely',
    });
    expect(outside({}, { variables }).scheduler).toMatchObject({ confidence: 'claimed' });
  });
});

test('describeContainer() survives whatever stands in the files', () => {
  const garbage = `\u001b[2J\0\uffff${'a/'.repeat(1e6)}\n`.repeat(2);
  const paths = [
    '/proc/self/cgroup',
    '/proc/self/mountinfo',
    '/proc/1/environ',
    '/proc/2/comm',
    '/proc/self/status',
    '/proc/thread-self/status',
    '/proc/sys/kernel/osrelease',
    '/proc/version',
    '/run/.containerenv',
    '/run/systemd/container',
  ];
  const files = Object.fromEntries(paths.map((path) => [path, garbage]));
  const info = describeTree({ files, variables: { container: garbage, SLURM_JOB_ID: garbage } });
  const text = JSON.stringify(info);
  expect(text.length).toBeLessThan(10_000);
  expect(text).not.toMatch(/\\u00|\\n/);
});

test('describeContainer() of this machine holds together', () => {
  const info = describeContainer(thisMachine());
  if (!info.namespaces.available || !info.allowedCpus.available) throw new Error('no /proc');
  const own = info.namespaces.value.filter(({ initial }) => initial === false);
  for (const { container, verdict } of info.claims) {
    if (verdict === 'refuted' && container === 'docker')
      expect(own.map(({ name }) => name)).not.toContain('pid');
    if (verdict === 'proved' && container === 'docker') expect(own.length).toBeGreaterThan(0);
  }
  const refuted = info.claims.filter(({ verdict }) => verdict === 'refuted').length;
  expect(info.contradictions.length).toBeGreaterThanOrEqual(refuted);
  expect(info.allowedCpus.value.length).toBeGreaterThan(0);
});

const child = fileURLToPath(new URL('../fixtures/children/container.mjs', import.meta.url));
const built = existsSync(fileURLToPath(new URL('../../dist/virt/container.js', import.meta.url)));

test.skipIf(!built)(
  'describeContainer() sees the namespaces of a real container-like process',
  ({ skip }) => {
    const options = ['--pid', '--uts', '--ipc', '--mount', '--fork', '--mount-proc'];
    const { status, stdout, stderr } = spawnSync('unshare', [...options, process.execPath, child], {
      encoding: 'utf8',
    });
    if (status !== 0) return skip(`unshare is not permitted here: ${stderr}`);
    const info = JSON.parse(stdout) as ContainerInfo;
    if (!info.namespaces.available || !info.container.available) throw new Error('no /proc');
    const own = info.namespaces.value.filter(({ initial }) => initial === false).map(({ name }) => name);
    expect(own).toEqual(expect.arrayContaining(['pid', 'uts', 'ipc']));
    expect(info.container.value.id).not.toBe('none');
    expect(info.claims.map(({ verdict }) => verdict)).not.toContain('refuted');
  },
);
