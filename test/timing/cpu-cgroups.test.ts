import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { findCgroups, resolveCgroups } from '../../src/timing/cpu-cgroups.ts';
import { machineRoot } from './machine-fixture.ts';

const mount = (point: string, options: string, root = '/', type = 'cgroup'): string =>
  `32 31 0:29 ${root} ${point} rw,relatime shared:9 - ${type} ${type} ${options}\n`;
const unified = (point: string, root = '/'): string => mount(point, 'rw,nsdelegate', root, 'cgroup2');

describe('resolveCgroups()', () => {
  test('finds the group and its ancestors in version 2', () => {
    expect(resolveCgroups('0::/user.slice/session-1.scope\n', unified('/sys/fs/cgroup'))).toEqual(
      available({
        version: 'v2',
        folders: ['/sys/fs/cgroup/user.slice/session-1.scope', '/sys/fs/cgroup/user.slice', '/sys/fs/cgroup'],
      }),
    );
  });

  test('finds the controller in version 1, also among several and with colons in the path', () => {
    const membership = '12:memory:/m\n4:cpu,cpuacct:/a:b\n1:name=systemd:/s\n';
    const mounts =
      mount('/sys/fs/cgroup/memory', 'rw,memory') + mount('/sys/fs/cgroup/cpu,cpuacct', 'rw,cpu,cpuacct');
    expect(resolveCgroups(membership, mounts)).toEqual(
      available({
        version: 'v1',
        folders: ['/sys/fs/cgroup/cpu,cpuacct/a:b', '/sys/fs/cgroup/cpu,cpuacct'],
      }),
    );
  });

  test('prefers version 1 in a hybrid system, and does not take cpuset or cpuacct for cpu', () => {
    const mounts =
      unified('/sys/fs/cgroup/unified') +
      mount('/sys/fs/cgroup/cpuset', 'rw,cpuset') +
      mount('/sys/fs/cgroup/cpu', 'rw,cpu');
    expect(resolveCgroups('3:cpuset:/x\n1:cpu:/\n0::/\n', mounts)).toEqual(
      available({ version: 'v1', folders: ['/sys/fs/cgroup/cpu'] }),
    );
    expect(resolveCgroups('3:cpuset:/x\n0::/\n', mounts)).toMatchObject({ value: { version: 'v2' } });
  });

  test('finds the hierarchy that counts where another one sets quotas', () => {
    const mounts = mount('/c/cpu', 'rw,cpu') + mount('/c/acct', 'rw,cpuacct');
    expect(resolveCgroups('2:cpuacct:/x\n1:cpu:/\n', mounts, 'cpuacct')).toEqual(
      available({ version: 'v1', folders: ['/c/acct/x', '/c/acct'] }),
    );
  });

  test('places a container by what is mounted, not by the whole hierarchy', () => {
    const membership = '4:cpu:/docker/0123\n';
    expect(resolveCgroups(membership, mount('/sys/fs/cgroup/cpu', 'ro,cpu', '/docker/0123'))).toEqual(
      available({ version: 'v1', folders: ['/sys/fs/cgroup/cpu'] }),
    );
    const deeper = resolveCgroups('4:cpu:/docker/0123/x\n', mount('/c', 'ro,cpu', '/docker/0123'));
    expect(deeper).toEqual(available({ version: 'v1', folders: ['/c/x', '/c'] }));
  });

  test('takes the mount that holds the group where there are several', () => {
    const mounts = unified('/elsewhere', '/other') + unified('/here', '/mine');
    expect(resolveCgroups('0::/mine/sub\n', mounts)).toMatchObject({
      value: { folders: ['/here/sub', '/here'] },
    });
  });

  test.each([
    ['0::/../outside\n', unified('/sys/fs/cgroup'), 'the group /../outside is outside'],
    ['0::/docker/0123\n', unified('/sys/fs/cgroup', '/docker/4567'), 'is outside of what is mounted here'],
    ['4:cpu:/\n', unified('/sys/fs/cgroup'), 'is not mounted'],
    ['4:memory:/\n', mount('/m', 'rw,memory'), 'no group of the controller cpu'],
    ['', '', 'no group of the controller cpu'],
  ])('gives a reason for %j', (membership, mounts, reason) => {
    expect(resolveCgroups(membership, mounts)).toMatchObject({ reason: expect.stringContaining(reason) });
  });

  test('reads mount points with spaces', () => {
    expect(resolveCgroups('0::/\n', unified('/a\\040b'))).toMatchObject({ value: { folders: ['/a b'] } });
  });
});

test('resolveCgroups() follows no path that is made up', () => {
  const found = resolveCgroups(`0::/${'a/'.repeat(1e6)}\n`, unified('/sys/fs/cgroup'));
  expect(found).toEqual(unavailable('/proc/self/cgroup: the group lies more than 128 levels deep'));
});

test('findCgroups() finds the group of the controller memory', () => {
  const membership = { '/proc/self/cgroup': '4:memory:/m\n1:cpu:/c\n0::/\n' };
  const mounts = mount('/cg/cpu', 'rw,cpu') + mount('/cg/memory', 'rw,memory');
  const root = machineRoot({ ...membership, '/proc/self/mountinfo': mounts });
  expect(findCgroups(systemFiles(root), 'memory')).toEqual(
    available({ version: 'v1', folders: ['/cg/memory/m', '/cg/memory'] }),
  );
});

test('findCgroups() says which file is missing', () => {
  expect(findCgroups(systemFiles(machineRoot({})), 'cpu')).toEqual(unavailable('/proc/self/cgroup: ENOENT'));
  const onlyMembership = machineRoot({ '/proc/self/cgroup': '0::/\n' });
  expect(findCgroups(systemFiles(onlyMembership), 'cpu')).toEqual(
    unavailable('/proc/self/mountinfo: ENOENT'),
  );
});
